package dev.athanor.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.athanor.AthanorException;
import dev.athanor.migration.Migration;
import dev.athanor.revision.RevisionNode;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the Java template gives is compiled and read. */
class JavaTemplateTest {
    private static final RevisionNode FULL =
            new RevisionNode("c3", List.of("a1", "b2"), List.of("rep001"), List.of("desk"));

    @TempDir
    private Path folder;

    private RevisionDefinition compiled(String name, NewRevision revision) throws Exception {
        Path file = writer(name).writeJava(revision);
        Path classes = Files.createDirectories(folder.resolve("classes"));
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
        int code = compiler.run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString(),
                file.toString());
        assertThat(code).isZero();
        String type = (name.isEmpty() ? "" : name + ".")
                + String.valueOf(file.getFileName()).replace(".java", "");
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            Migration migration =
                    (Migration) loader.loadClass(type).getDeclaredConstructor().newInstance();
            return JavaRevisions.of(migration).definitions().get(0);
        }
    }

    private RevisionWriter writer(String name) {
        return new RevisionWriter(
                new TemplateSettings(folder.resolve("templates"), "", folder.resolve("src"), name, Map.of()));
    }

    private static NewRevision revision(RevisionNode node, String message) {
        return new NewRevision(node, message, Instant.parse("2026-02-03T04:05:06Z"), message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Add it",
                "it's \"quoted\"",
                "one\ntwo\u2028three",
                "*/ } /*",
                "\\u002a/ \\u000a \\",
                "${name} {{id}}",
                "ship it 🚀 日本語",
                "?!",
                "migration",
                "string",
                "2025"
            })
    void compiles(String message) throws Exception {
        Files.createDirectory(folder.resolve("templates"));
        NewRevision revision = revision(FULL, message);
        RevisionDefinition read = compiled("com.acme.db", revision);
        assertThat(read.node()).isEqualTo(FULL);
        assertThat(read.message()).isEqualTo(revision.message());
        assertThat(read.created()).isEqualTo("2026-02-03T04:05:06Z");
        assertThat(folder.resolve("src/com/acme/db")).isDirectoryContaining("glob:**.java");
    }

    @Test
    void a_base_without_a_package() throws Exception {
        Files.createDirectory(folder.resolve("templates"));
        RevisionNode base = new RevisionNode("a1", List.of(), List.of(), List.of());
        assertThat(compiled("", revision(base, "m")).node()).isEqualTo(base);
        assertThat(folder.resolve("src/M.java")).exists();
    }

    @Test
    void own_templates_must_name_id_and_class() throws IOException {
        Files.createDirectory(folder.resolve("templates"));
        Files.writeString(folder.resolve("templates/Revision.java"), "package {{package}};\n");
        assertThatExceptionOfType(AthanorException.class)
                .isThrownBy(() -> writer("p").writeJava(revision(FULL, "m")))
                .withMessageContainingAll("Revision.java' lacks \"{{id}}\" and {{class}}")
                .satisfies(e -> assertThat(e.code()).isEqualTo("invalid_template"));
        assertThat(folder.resolve("src")).doesNotExist();
    }

    @Test
    void nothing_is_written_over() throws IOException {
        Files.createDirectory(folder.resolve("templates"));
        writer("p").writeJava(revision(FULL, "m"));
        assertThatExceptionOfType(AthanorException.class)
                .isThrownBy(() -> writer("p").writeJava(revision(FULL, "m")))
                .satisfies(e -> assertThat(e.code()).isEqualTo("file_exists"));
    }
}
