package dev.athanor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code check}, and {@code status} on the same databases: no finding makes either of them fail in another way. */
@AthanorPostgres
class CheckCommandTest {
    private static final String FIRST = """
            -- athanor:revision  first1
            -- athanor:expand
            CREATE TABLE people (id int PRIMARY KEY, name text);
            -- athanor:undo expand
            DROP TABLE people;
            """;

    private static final String SECOND = """
            -- athanor:revision  second1
            -- athanor:revises   first1
            -- athanor:expand
            ALTER TABLE people ADD COLUMN age int;
            -- athanor:contract
            ALTER TABLE people ADD CONSTRAINT aged CHECK (age > 0);
            -- athanor:undo contract
            ALTER TABLE people DROP CONSTRAINT aged;
            -- athanor:undo expand
            ALTER TABLE people DROP COLUMN nowhere;
            """;

    @TempDir
    private Path folder;

    private final TestDatabase database;
    private final Jdbc sql;
    private Cli cli;

    CheckCommandTest(TestDatabase database) {
        this.database = database;
        this.sql = database.jdbc();
    }

    @BeforeEach
    void fresh() {
        sql.execute("DROP SCHEMA IF EXISTS athanor CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public");
        cli = new Cli(folder).with("ATHANOR_URL", database.url()).file("migrations/first.sql", FIRST);
    }

    private JsonNode json(int code, String... arguments) {
        JsonNode json = cli.json(arguments).endsWith(code).json();
        assertThat(json.path("success").booleanValue()).isEqualTo(code == 0);
        return json;
    }

    private String text(int code, String... arguments) {
        return cli.run(arguments).endsWith(code).out();
    }

    @Test
    void pendingAndThenInOrder() {
        cli.file("migrations/second.sql", SECOND);
        assertThat(text(3, "check"))
                .contains("pending: first1, second1", "athanor upgrade heads", "note: Drift was not");
        JsonNode never = json(3, "check");
        assertThat(never.propertyNames())
                .containsExactly(
                        "success", "pending", "heads", "between_phases", "unknown", "changed", "drift", "notes");
        assertThat(never.path("pending")).hasToString("[\"first1\",\"second1\"]");
        text(0, "upgrade", "heads", "--phase", "expand");
        assertThat(text(3, "check")).contains("between phases: first1", "athanor upgrade second1 --phase backfill");
        assertThat(json(3, "check").path("between_phases").get(0).path("next").stringValue())
                .isEqualTo("backfill");
        text(0, "upgrade", "heads");
        assertThat(text(0, "check")).isEqualToNormalizingNewlines("All is in order.\n");
        assertThat(json(0, "check").path("drift")).isEmpty();
    }

    @Test
    void severalHeads() {
        cli.file("migrations/second.sql", SECOND)
                .file(
                        "migrations/third.sql",
                        SECOND.replace("second1", "third1").replace("age", "years"));
        text(0, "upgrade", "heads");
        assertThat(text(3, "check")).contains("several heads: second1, third1", "athanor merge -m TEXT second1 third1");
        assertThat(json(3, "check").path("heads")).hasToString("[\"second1\",\"third1\"]");
    }

    @Test
    void drift() {
        text(0, "upgrade", "heads");
        sql.execute("ALTER TABLE people ALTER name SET NOT NULL; CREATE INDEX mine ON people (name)");
        assertThat(text(7, "check"))
                .contains(
                        "drift: column public.people.name changed: text -> text not null",
                        "drift: index public.mine added: CREATE INDEX mine ON public.people USING btree (name)",
                        "athanor stamp");
        JsonNode drift = json(7, "check").path("drift");
        assertThat(drift).hasSize(2);
        assertThat(drift.get(0).propertyNames()).containsExactly("object", "kind", "change", "was", "is");
        assertThat(drift.get(0))
                .hasToString(
                        "{\"object\":\"public.people.name\",\"kind\":\"column\",\"change\":\"changed\",\"was\":\"text\","
                                + "\"is\":\"text not null\"}");
        assertThat(json(0, "check", "--no-drift").path("drift")).isEmpty();
        cli.file("migrations/second.sql", SECOND);
        assertThat(text(7, "check")).as("drift wins").contains("pending: second1", "drift: ");
        json(3, "check", "--no-drift");
        text(0, "stamp", "first1");
        json(3, "check");
    }

    @Test
    void revisionsInNoFileAndChangedOnes() throws IOException {
        cli.file("migrations/second.sql", SECOND);
        text(0, "upgrade", "heads");
        Files.delete(folder.resolve("migrations/second.sql"));
        cli.file("migrations/first.sql", FIRST.replace("name text", "name varchar"));
        assertThat(text(7, "check"))
                .contains("in no file: second1", "--migrations", "changed since it was run: first1");
        JsonNode found = json(7, "check");
        assertThat(found.path("unknown")).hasToString("[\"second1\"]");
        assertThat(found.path("changed")).hasToString("[\"first1\"]");
        assertThat(text(0, "status"))
                .contains(
                        "in the ledger but in no file: second1 (restore its file",
                        "athanor stamp --purge",
                        "changed since it was run: first1 (restore the file",
                        "athanor revision -m TEXT");
        assertThat(json(0, "status").path("unknown")).hasToString("[\"second1\"]");
        assertThat(text(0, "current")).contains("second1");
    }

    @Test
    void halfUndone() throws IOException {
        cli.file("migrations/second.sql", SECOND);
        text(0, "upgrade", "heads");
        cli.run("downgrade", "first1", "--yes").endsWith(4);
        assertThat(text(3, "check")).contains("being undone: second1", "athanor resume");
        assertThat(json(3, "check")
                        .path("between_phases")
                        .get(0)
                        .path("undoing")
                        .booleanValue())
                .isTrue();
        assertThat(text(0, "status")).contains("being undone: second1, next is its expand (go on: athanor resume)");
        assertThat(json(0, "status").path("remedies"))
                .hasToString("[{\"revision\":\"second1\",\"remedy\":\"go on: athanor resume\"}]");
        Files.delete(folder.resolve("migrations/second.sql"));
        assertThat(text(7, "check")).contains("being undone: second1", "in no file: second1");
        JsonNode status = json(0, "status");
        assertThat(status.path("revisions").get(0).path("id").stringValue()).isEqualTo("second1");
        assertThat(status.path("unknown")).hasToString("[\"second1\"]");
        assertThat(status.path("remedies")).hasSize(1);
        assertThat(status.path("remedies").get(0).path("remedy").stringValue())
                .contains("restore its file", "athanor stamp --purge");
    }

    @Test
    void halfDone() {
        sql.execute("CREATE TABLE people ()");
        cli.run("upgrade", "heads").endsWith(4);
        assertThat(text(3, "check")).contains("between phases: first1, begun, next is expand");
        assertThat(json(3, "check").path("between_phases").get(0).path("phase").isNull())
                .isTrue();
        assertThat(text(0, "status"))
                .contains(
                        "between phases: first1, begun, next is expand (go on: athanor upgrade first1 --phase expand)");
        assertThat(json(0, "status").path("remedies").get(0).path("remedy").stringValue())
                .isEqualTo("go on: athanor upgrade first1 --phase expand");
    }

    @Test
    void helpTellsTheExitCodes() {
        assertThat(text(0, "check", "--help")).contains("--no-drift", "Exit codes:", "Wins over 3");
    }
}
