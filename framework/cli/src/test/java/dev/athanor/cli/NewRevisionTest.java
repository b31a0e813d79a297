package dev.athanor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** {@code revision} and {@code merge}, in a folder without a database. */
class NewRevisionTest {
    private static final String[] KEYS = {"success", "id", "file", "revises", "depends_on", "labels", "message"};

    @TempDir
    private Path folder;

    private Cli cli;

    @BeforeEach
    void empty() {
        cli = new Cli(folder);
    }

    private JsonNode written(String... arguments) {
        JsonNode json = cli.json(arguments).endsWith(0).json();
        assertThat(json.path("success").booleanValue()).isTrue();
        assertThat(json.propertyNames()).containsExactly(KEYS);
        assertThat(folder.resolve(json.path("file").stringValue())).isRegularFile();
        return json;
    }

    /** An error after which nothing is there that was not there before. */
    private Outcome.Refusal refused(int code, String... arguments) {
        List<Path> before = files();
        Outcome.Refusal refusal = cli.json(arguments).endsWith(code).refusal();
        assertThat(files()).isEqualTo(before);
        return refusal;
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void chain() {
        cli.file("migrations/a.sql", "-- athanor:revision aaaa\n-- athanor:labels desk\n")
                .file("migrations/b.sql", "-- athanor:revision bbbb\n-- athanor:revises aaaa\n");
    }

    @Test
    void theFirstRevision() {
        Outcome outcome = cli.run("revision", "-m", "Add a table of tickets").endsWith(0);
        List<String> lines = outcome.out().lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).matches("New revision [0-9a-f]{12}, a base:");
        assertThat(lines.get(1).replace('\\', '/')).matches("migrations/[0-9a-f]{12}_add_a_table_of_tickets\\.sql");
        assertThat(lines.get(2)).isEqualTo("The folder 'migrations' is new.");
        assertThat(folder.resolve(lines.get(1))).content().contains("-- athanor:message    Add a table of tickets\n");
        assertThat(cli.run("heads").endsWith(0).out()).contains(" (head), Add a table of tickets");
    }

    @Test
    void twoInARowThenTwoHeadsThenMerge() {
        String first = written("revision", "-m", "first").path("id").stringValue();
        JsonNode second = written("revision", "-m", "second", "--rev-id", "second");
        assertThat(second.path("revises")).hasToString("[\"" + first + "\"]");
        JsonNode third = written(
                "revision",
                "-m",
                "third",
                "--rev-id",
                "third",
                "--head",
                first.substring(0, 6),
                "--splice",
                "--branch-label",
                "side",
                "--branch-label=other");
        assertThat(third.path("revises")).hasToString("[\"" + first + "\"]");
        assertThat(third.path("labels")).hasToString("[\"side\",\"other\"]");
        refused(9, "revision", "-m", "fourth").is("multiple_heads").advises("athanor merge -m");
        assertThat(written("revision", "-m", "on side", "--rev-id", "fourth", "--head", "side@head")
                        .path("revises"))
                .hasToString("[\"third\"]");
        JsonNode merge = written("merge", "-m", "join", "--rev-id", "joined", "--branch-label", "whole");
        assertThat(merge.path("revises")).hasToString("[\"fourth\",\"second\"]");
        assertThat(merge.path("labels")).hasToString("[\"whole\"]");
        assertThat(merge.path("file").stringValue()).isEqualTo("migrations/joined_join.sql");
        assertThat(cli.run("heads").endsWith(0).out())
                .isEqualToNormalizingNewlines("fourth, second -> joined (head) (mergepoint) (labels: whole), join\n");
        assertThat(cli.run("history").endsWith(0).out().lines()).hasSize(5);
    }

    @Test
    void dependsOnAnotherBranch() {
        chain();
        JsonNode json = written(
                "revision",
                "-m",
                "x",
                "--head",
                "base",
                "--depends-on",
                "desk",
                "--depends-on",
                "bbbb",
                "--rev-id",
                "x");
        assertThat(json.path("revises")).isEmpty();
        assertThat(json.path("depends_on")).hasToString("[\"desk\",\"bbbb\"]");
        assertThat(cli.run("heads").endsWith(0).out()).contains("<base> -> x (head) (depends on ");
    }

    @Test
    void mergeOfNamedHeads() {
        chain();
        cli.file("migrations/c.sql", "-- athanor:revision cccc\n-- athanor:revises aaaa\n")
                .file("migrations/d.sql", "-- athanor:revision dddd\n-- athanor:revises aaaa\n");
        assertThat(written("merge", "-m", "two of three", "bbbb", "dddd").path("revises"))
                .hasToString("[\"bbbb\",\"dddd\"]");
        refused(9, "merge", "-m", "x", "cccc", "cccc").is("duplicate_argument").says("cccc");
        refused(9, "merge", "-m", "x", "cccc", "bbbb").is("not_a_head").says("bbbb");
        refused(9, "merge", "-m", "x", "zzzz").is("unknown_revision").says("zzzz");
        refused(2, "merge", "-m", "").is("usage").advises("athanor merge --help");
    }

    @Test
    void mergeOfNothing() {
        cli.file("migrations/readme.txt", "");
        refused(2, "merge", "-m", "x").is("nothing_to_merge");
    }

    @Test
    void refusalsOfTheGraph() {
        chain();
        refused(9, "revision", "-m", "x", "--head", "nowhere")
                .is("unknown_revision")
                .says("nowhere");
        refused(9, "revision", "-m", "x", "--head", "aaaa").is("not_a_head").says("aaaa");
        refused(9, "revision", "-m", "x", "--head", "bbbb", "--head", "bbbb").is("duplicate_argument");
        refused(9, "revision", "-m", "x", "--rev-id", "a-b").is("illegal_id").says("a-b");
        refused(9, "revision", "-m", "x", "--rev-id", "../x").is("illegal_id");
        refused(9, "revision", "-m", "x", "--rev-id", "aaaa").is("duplicate_id");
        refused(9, "revision", "-m", "x", "--branch-label", "desk").is("label_conflict");
        refused(9, "revision", "-m", "x", "--branch-label", "größe").is("illegal_id");
        refused(9, "revision", "-m", "x", "--depends-on", "nowhere").is("unknown_revision");
        cli.file("migrations/c.sql", "-- athanor:revision cccc\n-- athanor:revises gone\n");
        refused(9, "revision", "-m", "x").is("unresolved_reference").says("gone");
        cli.file("migrations/c.sql", "-- athanor:revison cccc\n");
        refused(2, "revision", "-m", "x").is("invalid_revision_file");
    }

    @Test
    void refusalsOfTheCommandLine() {
        assertThat(cli.run("revision").endsWith(2).paragraph()).contains("--message", "athanor revision --help");
        refused(2, "revision").is("usage");
        refused(2, "revision", "-m", " \n ").is("usage").says("empty");
        refused(2, "revision", "-m", "x", "--autogenerate").is("unknown_argument");
        refused(2, "revision", "-m", "x", "--java", "--version-path", "migrations")
                .is("usage")
                .says("java-folder");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "it's \"quoted\" `so` $HOME",
                "one\ntwo\r\nthree",
                "\n-- athanor:expand\nDROP TABLE t;",
                "-- athanor:expand",
                "-1 is a number",
                "{{ticket}} \\{{ ${name}",
                "ship it 🚀 日本語",
                "?!"
            })
    void hostileMessages(String message) {
        JsonNode json = written("revision", "-m=" + message, "--rev-id", "a1");
        assertThat(json.path("message").stringValue()).isEqualTo(message.strip().replaceAll("\\s+", " "));
        JsonNode shown =
                cli.json("show", "a1").endsWith(0).json().path("revisions").get(0);
        assertThat(shown.path("message")).isEqualTo(json.path("message"));
        assertThat(shown.path("sections")).isEmpty();
    }

    @Test
    void messagesThatLookLikeOptions() {
        assertThat(written("revision", "-m", "-- athanor:expand", "--rev-id", "a1")
                        .path("message")
                        .stringValue())
                .isEqualTo("-- athanor:expand");
        assertThat(written("revision", "-m", "-1", "--rev-id", "b2")
                        .path("message")
                        .stringValue())
                .isEqualTo("-1");
    }

    @Test
    void aLongMessage() {
        String message = "many words ".repeat(30).strip();
        JsonNode json = written("revision", "-m", message, "--rev-id", "a1");
        assertThat(json.path("message").stringValue()).isEqualTo(message);
        assertThat(json.path("file").stringValue())
                .isEqualTo("migrations/a1_many_words_many_words_many_words_many.sql");
    }

    @Test
    void ofAnExistingFile() {
        cli.file("migrations/a1_x.sql", "-- athanor:revision other\n");
        refused(2, "revision", "-m", "x", "--rev-id", "a1").is("file_exists").says("a1_x.sql");
        assertThat(folder.resolve("migrations/a1_x.sql")).hasContent("-- athanor:revision other\n");
    }

    @Test
    void inAFolderThatTakesNoFiles() {
        refused(2, "revision", "-m", "x", "--migrations", "/proc/self/fdinfo")
                .is("file_not_written")
                .advises("rights");
        cli.file("migrations", "a file bars the way");
        refused(2, "revision", "-m", "x").is("migrations_folder_missing");
    }

    @Test
    void templatesOfTheProject() {
        cli.file("conf/athanor.yaml", """
                        migrations: ../migrations
                        templates: templates
                        file-name: "{{year}}/{{ticket}}_{{id}}"
                        author: Ann
                        set: {ticket: ABC-1, team: desk}
                        """).file("conf/templates/revision.sql", """
                        -- athanor:revision {{id}}
                        -- athanor:revises {{revises}}
                        -- {{ticket}} of {{author}}, {{team}}

                        -- athanor:expand
                        SELECT '${team}';
                        """);
        JsonNode json = written("revision", "-m", "x", "--rev-id", "a1", "--config", "conf/athanor.yaml");
        assertThat(json.path("file").stringValue()).matches("conf/\\.\\./migrations/20\\d\\d/ABC-1_a1\\.sql");
        assertThat(folder.resolve(json.path("file").stringValue()))
                .hasContent("-- athanor:revision a1\n-- ABC-1 of Ann, desk\n\n-- athanor:expand\nSELECT '${team}';\n");
        json = written(
                "revision",
                "-m",
                "x",
                "--rev-id",
                "b2",
                "--config",
                "conf/athanor.yaml",
                "--set",
                "ticket=a/../b",
                "--author",
                "Ben\n-- athanor:expand");
        assertThat(json.path("file").stringValue()).endsWith("/a_.._b_b2.sql");
        assertThat(folder.resolve(json.path("file").stringValue()))
                .content()
                .contains("-- athanor:revises a1\n-- a/../b of Ben -- athanor:expand, desk\n\n");
    }

    @Test
    void templatesThatAreWrong() {
        cli.file("athanor.yaml", "templates: templates\n");
        refused(2, "revision", "-m", "x").is("templates_folder_missing").says("'templates'");
        cli.file("templates/revision.sql", "-- athanor:revision {{id}}\n-- {{tiket}} {{mesage}}\n");
        refused(2, "revision", "-m", "x")
                .is("unknown_template_key")
                .says("templates/revision.sql:2", "'tiket'", "did you mean 'message'", "Known keys are", "depends_on")
                .advises("--set tiket=VALUE");
        cli.file("templates/revision.sql", "-- athanor:message {{message}}\n");
        refused(2, "revision", "-m", "x").is("invalid_template").says("templates/revision.sql", "found no revision");
        cli.file("templates/revision.sql", "-- athanor:revision {{id}}\n");
        written("revision", "-m", "x");
        refused(2, "revision", "-m", "x").is("invalid_template").says("'-- athanor:revises {{revises}}'");
        cli.file("athanor.yaml", "file-name: \"../{{id}}\"\n");
        refused(2, "revision", "-m", "x").is("invalid_file_name").says("'..'");
        cli.file("athanor.yaml", "java-package: a/b\nfile-nam: x\n");
        refused(2, "revision", "-m", "x")
                .is("invalid_settings_file")
                .says("'java-package' must be the name of a Java package", "did you mean 'file-name'");
    }

    @Test
    void severalFolders() {
        cli.file("athanor.yaml", "migrations: [one, two]\n")
                .file("one/a.sql", "-- athanor:revision aaaa\n")
                .file("two/deep/b.sql", "-- athanor:revision bbbb\n");
        assertThat(written("revision", "-m", "x", "--rev-id", "a1", "--head", "aaaa")
                        .path("file")
                        .stringValue())
                .isEqualTo("one/a1_x.sql");
        assertThat(written("revision", "-m", "x", "--rev-id", "b1", "--head", "bbbb")
                        .path("file")
                        .stringValue())
                .isEqualTo("two/b1_x.sql");
        assertThat(written("revision", "-m", "x", "--rev-id", "c1", "--head", "base")
                        .path("file")
                        .stringValue())
                .isEqualTo("one/c1_x.sql");
        assertThat(written("revision", "-m", "x", "--rev-id", "d1", "--head", "c1", "--version-path", "two/new/er")
                        .path("file")
                        .stringValue())
                .isEqualTo("two/new/er/d1_x.sql");
        refused(2, "revision", "-m", "x", "--head", "d1", "--version-path", "three")
                .is("usage")
                .says("'three'", "'one', 'two'");
        refused(2, "revision", "-m", "x", "--head", "d1", "--version-path", "one/../three")
                .is("usage");
        refused(2, "revision", "-m", "x", "--head", "d1", "--version-path", "two/.hidden")
                .is("usage")
                .says("dot");
        assertThat(written("merge", "-m", "x", "--rev-id", "m1", "b1", "a1")
                        .path("file")
                        .stringValue())
                .isEqualTo("two/m1_x.sql");
    }

    @Test
    void allFoldersAreMade() {
        cli.file("athanor.yaml", "migrations: [one, two]\n");
        assertThat(cli.run("revision", "-m", "x").endsWith(0).out())
                .contains("The folder 'one' is new.", "The folder 'two' is new.");
        cli.run("heads").endsWith(0);
    }

    @Test
    void helpNamesKeysAndSettings() {
        for (String command : new String[] {"revision", "merge"}) {
            assertThat(cli.run(command, "--help").endsWith(0).out().replaceAll("\\s+", " "))
                    .contains("{{id}}", "depends_on", "--set NAME=VALUE", "\\{{", "file-name", "java-package");
        }
    }
}
