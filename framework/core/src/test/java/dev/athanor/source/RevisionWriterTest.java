package dev.athanor.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.revision.RevisionNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RevisionWriterTest {
    private static final Instant NOW = Instant.parse("2026-02-03T04:05:06.789Z");
    private static final RevisionNode FULL =
            new RevisionNode("c3", List.of("a1", "b2"), List.of("rep001"), List.of("desk", "x-1"));
    private static final RevisionNode BASE = new RevisionNode("a1", List.of(), List.of(), List.of());

    @TempDir
    private Path folder;

    private Path migrations;
    private Path templates;

    @BeforeEach
    void folders() throws IOException {
        migrations = folder.resolve("migrations");
        templates = Files.createDirectory(folder.resolve("templates"));
    }

    private static NewRevision revision(RevisionNode node, String message) {
        return new NewRevision(node, message, NOW, "");
    }

    private RevisionWriter writer(String fileName) {
        return new RevisionWriter(new TemplateSettings(
                templates, fileName, folder.resolve("src"), "com.acme.db", Map.of("ticket", "ABC-1", "id", "no")));
    }

    private RevisionWriter writer() {
        return writer(TemplateSettings.FILE_NAME);
    }

    private ThrowableAssertAlternative<AthanorException> refuses(String code, Runnable writing) {
        ThrowableAssertAlternative<AthanorException> thrown = assertThatExceptionOfType(AthanorException.class)
                .isThrownBy(writing::run)
                .satisfies(e -> {
                    assertThat(e.code()).isEqualTo(code);
                    assertThat(e.hint()).isNotBlank();
                });
        assertThat(migrations).doesNotExist();
        return thrown;
    }

    @Test
    void the_built_in_template() throws IOException {
        Path file = writer().writeSql(new NewRevision(FULL, "Add it", NOW, "Ann"), migrations);
        assertThat(file).isEqualTo(migrations.resolve("c3_add_it.sql"));
        assertThat(Files.readString(file)).startsWith("""
                -- athanor:revision   c3
                -- athanor:revises    a1, b2
                -- athanor:depends-on rep001
                -- athanor:labels     desk, x-1
                -- athanor:message    Add it
                -- athanor:created    2026-02-03T04:05:06Z
                -- Author: Ann
                """);
        RevisionDefinition read =
                RevisionFolder.read(List.of(migrations)).definitions().get(0);
        assertThat(read.node()).isEqualTo(FULL);
        assertThat(read.created()).isEqualTo("2026-02-03T04:05:06Z");
        assertThat(read.sections()).isEmpty();
    }

    @Test
    void the_sections_it_shows_are_valid() throws IOException {
        Path file = writer().writeSql(revision(BASE, "m"), migrations);
        String text = Files.readString(file);
        Files.writeString(file, text.replaceAll("(?m)^-- (--|ALTER|CREATE|UPDATE| WHERE|SELECT|DROP)", "$1"));
        assertThat(RevisionFolder.readOne(file).sections()).hasSize(7);
    }

    @Test
    void empty_lines_are_left_out() throws IOException {
        Path file = writer().writeMerge(revision(BASE, "m"), migrations);
        assertThat(Files.readString(file))
                .doesNotContain("revises", "depends-on", "labels", "Author")
                .contains("-- athanor:revision   a1\n-- athanor:message    m\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "it's \"quoted\" `so`",
                "one\ntwo\r\nthree\u2028four\u0085five\0six",
                "\n-- athanor:expand\nDROP TABLE t;",
                "-- athanor:expand",
                "*/ DROP TABLE t; /*",
                "say {{ticket}} \\{{ ${name} $$ E'\\",
                "ship it 🚀 日本語",
                "?!.,;",
                "\\u002a/ \\"
            })
    void hostile_messages(String message) {
        NewRevision revision = revision(FULL, message);
        Path file = writer().writeSql(revision, migrations);
        RevisionDefinition read = RevisionFolder.readOne(file);
        assertThat(read.node()).isEqualTo(FULL);
        assertThat(read.message()).isEqualTo(revision.message()).isNotEmpty();
        assertThat(read.sections()).isEmpty();
        assertThat(String.valueOf(file.getFileName())).matches("c3_[a-z0-9_]+\\.sql");
    }

    @Test
    void long_messages() {
        String message = "word ".repeat(60).strip();
        Path file = writer().writeSql(revision(FULL, message), migrations);
        assertThat(RevisionFolder.readOne(file).message()).isEqualTo(message);
        assertThat(String.valueOf(file.getFileName())).hasSizeLessThan(50);
    }

    @Test
    void own_templates_and_keys() throws IOException {
        Files.writeString(
                templates.resolve("revision.sql"),
                "-- {{ticket}} of {{day}}.{{month}}. {{hour}}:{{minute}}:{{second}}\r\n"
                        + "-- athanor:revision {{id}}\r\n\r\n-- athanor:expand\r\nSELECT '\\{{1}}', '${ticket}';\r\n");
        Path file = writer("{{year}}/{{ticket}}_{{id}}.sql").writeSql(revision(BASE, "m"), migrations);
        assertThat(file).isEqualTo(migrations.resolve("2026/ABC-1_a1.sql"));
        assertThat(Files.readString(file))
                .startsWith("-- ABC-1 of 03.02. 04:05:06\r\n-- athanor:revision a1\r\n")
                .contains("'{{1}}', '${ticket}'");
        assertThat(writer().writeMerge(revision(FULL, "m"), migrations)).hasFileName("c3_m.sql");
    }

    @Test
    void templates_that_lack_something() throws IOException {
        Path template = templates.resolve("revision.sql");
        Files.writeString(template, "-- athanor:message {{message}}\n");
        refuses("invalid_template", () -> writer().writeSql(revision(FULL, "m"), migrations))
                .withMessageContainingAll(template.toString(), "found no revision");
        Files.writeString(template, "-- athanor:revision {{id}}\n-- athanor:revises {{revises}}\n");
        refuses("invalid_template", () -> writer().writeSql(revision(FULL, "m"), migrations))
                .withMessageContainingAll("'-- athanor:depends-on {{depends_on}}'", "'-- athanor:labels {{labels}}'")
                .withMessageNotContaining("revises");
        Files.writeString(template, "-- athanor:revision {{id}}\n\n-- athanor:expand\n");
        refuses("invalid_template", () -> writer().writeSql(revision(BASE, "m"), migrations))
                .withMessageContaining("empty section");
        Files.writeString(template, "{{ticket}} {{tiket}}");
        refuses("unknown_template_key", () -> writer().writeSql(revision(BASE, "m"), migrations))
                .withMessageContaining(template + ":1: unknown key 'tiket'; did you mean 'ticket'?");
        Files.write(template, new byte[] {(byte) 0xff});
        refuses("invalid_template", () -> writer().writeSql(revision(BASE, "m"), migrations));
        Files.delete(template);
        Files.delete(templates);
        refuses("templates_folder_missing", () -> writer().writeSql(revision(BASE, "m"), migrations));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../{{id}}",
                "/tmp/{{id}}",
                "a/../../{{id}}",
                "./{{id}}",
                "{{author}}",
                "{{author}}/{{id}}",
                ".{{id}}",
                ".hidden/{{id}}",
                "a//{{id}}",
                "a\\{{id}}\\..",
                "..\\x",
                "C:{{id}}",
                "{{id}}\n{{id}}",
                "{{id}}/",
                ""
            })
    void file_names_that_lead_elsewhere(String pattern) {
        refuses("invalid_file_name", () -> writer(pattern).writeSql(revision(BASE, "m"), migrations));
    }

    @Test
    void values_that_lead_nowhere() {
        RevisionWriter writer = new RevisionWriter(
                new TemplateSettings(null, "{{ticket}}_{{id}}", folder, "", Map.of("ticket", "../../ä/b\\c:d e")));
        assertThat(migrations.relativize(migrations.resolve(".."))).hasToString("..");
        refuses("invalid_file_name", () -> writer.writeSql(revision(BASE, "m"), migrations));
        RevisionWriter other = new RevisionWriter(
                new TemplateSettings(null, "{{id}}_{{ticket}}", folder, "", Map.of("ticket", "../../ä/b\\c:d e")));
        assertThat(other.writeSql(revision(BASE, "m"), migrations))
                .isEqualTo(migrations.resolve("a1_.._.._b_c_d_e.sql"));
    }

    @Test
    void unknown_keys_of_file_names() {
        refuses("unknown_template_key", () -> writer("{{message}}").writeSql(revision(BASE, "m"), migrations))
                .withMessageContaining("file-name:1: unknown key 'message'");
    }

    @Test
    void nothing_is_written_over() {
        Path file = writer().writeSql(revision(BASE, "m"), migrations);
        assertThatExceptionOfType(AthanorException.class)
                .isThrownBy(() -> writer().writeSql(revision(BASE, "M!"), migrations))
                .withMessageContaining(file.toString())
                .satisfies(e -> assertThat(e.code()).isEqualTo("file_exists"));
        assertThat(RevisionFolder.readOne(file).message()).isEqualTo("m");
    }

    @Test
    void labels_that_no_file_can_hold() {
        RevisionNode node = new RevisionNode("a1", List.of(), List.of(), List.of("größe"));
        refuses("illegal_id", () -> writer().writeSql(revision(node, "m"), migrations))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.GRAPH));
    }

    @Test
    void java_packages() {
        assertThat(TemplateSettings.isPackage("com.acme_2.x")).isTrue();
        assertThat(TemplateSettings.isPackage("")).isTrue();
        assertThat(List.of("..", "a.", ".a", "a/b", "1a", "a b")).noneMatch(TemplateSettings::isPackage);
        assertThatExceptionOfType(AthanorException.class)
                .isThrownBy(() -> new TemplateSettings(null, "", folder, "..", Map.of()))
                .satisfies(e -> assertThat(e.code()).isEqualTo("invalid_setting"));
    }
}
