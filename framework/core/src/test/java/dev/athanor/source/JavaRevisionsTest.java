package dev.athanor.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Java revisions from folders and jars, found by their indexes alone. */
class JavaRevisionsTest {
    private static final String HEAD = "package acme;\nimport dev.athanor.migration.*;\n";

    @TempDir
    private Path temporary;

    private static String revision(String name, String body) {
        return HEAD + "@Revision(id = \"" + name + "\") public class " + name + " implements Migration {\n"
                + "public void define(MigrationBuilder migration) { " + body + " } }";
    }

    private static String revision(String name) {
        return revision(name, "migration.expand(Sql.sql(\"SELECT 1\"));");
    }

    /** Compiles sources, each named by its class, into a folder with the index given. */
    private Path folder(String folder, List<String> index, String... sources) throws IOException {
        Path classes = Files.createDirectories(temporary.resolve(folder));
        List<Path> files = new ArrayList<>();
        for (String source : sources) {
            String name = source.replaceAll("(?s).*?class (\\w+).*", "$1");
            files.add(Files.writeString(
                    Files.createDirectories(temporary.resolve("src/" + folder)).resolve(name + ".java"), source));
        }
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = javac.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            List<String> options =
                    List.of("-proc:none", "-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
            assertThat(files.isEmpty()
                            || javac.getTask(
                                            null,
                                            manager,
                                            null,
                                            options,
                                            null,
                                            manager.getJavaFileObjectsFromPaths(files))
                                    .call())
                    .isTrue();
        }
        Path file = classes.resolve(JavaRevisions.INDEX);
        Files.createDirectories(file.getParent());
        Files.writeString(file, String.join("\n", index) + "\n");
        return classes;
    }

    private Path jar(String name, Path folder) throws IOException {
        Path jar = Files.createDirectories(temporary.resolve("lib")).resolve(name);
        try (OutputStream stream = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(stream);
                Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                zip.putNextEntry(new ZipEntry(folder.relativize(file).toString()));
                Files.copy(file, zip);
                zip.closeEntry();
            }
        }
        return jar;
    }

    private static List<String> ids(Path... classPath) {
        return JavaRevisions.read(List.of(classPath)).definitions().stream()
                .map(RevisionDefinition::id)
                .toList();
    }

    private static AthanorException refusal(Path... classPath) {
        AthanorException e = catchThrowableOfType(AthanorException.class, () -> JavaRevisions.read(List.of(classPath)));
        assertThat(e.kind()).isEqualTo(FailureKind.USAGE);
        return e;
    }

    @Test
    void readsFoldersAndJarsInTheirOrder() throws IOException {
        Path one = folder("one", List.of("acme.B", "acme.A"), revision("A"), revision("B"), revision("NotInTheIndex"));
        Path two = jar("two.jar", folder("two", List.of("acme.C"), revision("C")));
        assertThat(ids(one, two)).containsExactly("B", "A", "C");
        assertThat(ids(two, one, two)).containsExactly("C", "B", "A");
        jar("more.jar", folder("more", List.of(), HEAD + "public class Helper {}"));
        assertThat(ids(temporary.resolve("lib/*"))).containsExactly("C");
        assertThat(ids(temporary.resolve("lib/*.jar"), one)).containsExactly("C", "B", "A");
    }

    @Test
    void findsHelpersInOtherEntries() throws IOException {
        String source = HEAD + "public class Helper { static String sql() { return \"SELECT 2\"; } }";
        Path helper = folder("helper", List.of(), source);
        Path classes =
                folder("classes", List.of("acme.A"), source, revision("A", "migration.expand(Sql.sql(Helper.sql()));"));
        Files.delete(classes.resolve("acme/Helper.class"));
        assertThat(ids(helper, classes)).containsExactly("A");
    }

    @Test
    void keepsNoFileOpen() throws IOException {
        Path jar = jar("a.jar", folder("a", List.of("acme.A"), revision("A")));
        assertThat(ids(jar)).containsExactly("A");
        Files.delete(jar);
        jar("a.jar", folder("b", List.of("acme.B"), revision("B")));
        assertThat(ids(jar)).containsExactly("B");
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()})) {
            assertThat(JavaRevisions.indexed(loader).find("B")).isPresent();
        }
    }

    @Test
    void refusesWhatIsMissing() throws IOException {
        Path empty = Files.createDirectory(temporary.resolve("empty"));
        assertThat(refusal(temporary.resolve("none"), empty, temporary.resolve("nor")))
                .hasMessageContaining("none', '")
                .hasMessageContaining("do not exist")
                .extracting(AthanorException::code)
                .isEqualTo("classpath_missing");
        assertThat(refusal(empty))
                .hasMessageContaining("'" + empty + "'")
                .satisfies(e -> assertThat(e.hint()).contains("-proc:full"))
                .extracting(AthanorException::code)
                .isEqualTo("java_index_missing");
        assertThat(refusal(Files.writeString(temporary.resolve("no.jar"), "no jar"))
                        .code())
                .isEqualTo("classpath_unreadable");
    }

    @Test
    void refusesClassesThatCannotBeLoaded() throws IOException {
        Path classes = folder(
                "classes",
                List.of("acme.Gone", "acme.Newer", "acme.Torn"),
                revision("Newer"),
                HEAD + "class Base {}",
                HEAD + "@Revision(id = \"t\") public class Torn extends Base implements Migration {"
                        + " public void define(MigrationBuilder migration) {} }");
        Files.delete(classes.resolve("acme/Base.class"));
        Path newer = classes.resolve("acme/Newer.class");
        byte[] bytes = Files.readAllBytes(newer);
        bytes[7] = (byte) (44 + 99);
        Files.write(newer, bytes);
        int java = Runtime.version().feature();
        AthanorException e = refusal(classes);
        assertThat(e.code()).isEqualTo("java_revision_unloadable");
        assertThat(e)
                .hasMessage("The Java revision 'acme.Gone' cannot be loaded: the index names it, but it is not there\n"
                        + "The Java revision 'acme.Newer' cannot be loaded: it was compiled for Java 99, and this is Java "
                        + java + "\n"
                        + "The Java revision 'acme.Torn' cannot be loaded: it needs acme/Base");
        assertThat(e.hint()).contains("for Java " + java + " or older", "--classpath");
        assertThat(e.getSuppressed()).hasSize(3);
    }

    @Test
    void namesEveryFaultOfEveryClassAndFile() throws IOException {
        Path classes = folder(
                "classes",
                List.of("acme.Bare", "acme.Ctor", "acme.Hidden", "acme.Init", "acme.NoMigration", "acme.NeedsText"),
                HEAD + "public class Bare implements Migration { public void define(MigrationBuilder m) {} }",
                HEAD + "@Revision(id = \"c\") public class Ctor implements Migration {"
                        + " public Ctor() { throw new IllegalStateException(\"no\"); }"
                        + " public void define(MigrationBuilder m) {} }",
                HEAD + "@Revision(id = \"h\") class Hidden implements Migration {"
                        + " public void define(MigrationBuilder m) {} }",
                revision("Init", "Object o = Lazy.VALUE;"),
                HEAD + "class Lazy { static final Object VALUE = new int[-1]; }",
                HEAD + "@Revision(id = \"n\") public class NoMigration {}",
                revision("NeedsText", "migration.expand(Sql.sql(null));"));
        Path files = Files.createDirectory(temporary.resolve("files"));
        Files.writeString(files.resolve("a.sql"), "-- athanor:revision a b\n");
        SourceException e = catchThrowableOfType(
                SourceException.class, () -> RevisionSources.read(List.of(files), List.of(classes)));
        assertThat(e.faults())
                .extracting(Fault::toString)
                .satisfiesExactly(
                        fault -> assertThat(fault).contains("a.sql:1: found 'a b'"),
                        fault -> assertThat(fault).isEqualTo("acme.Bare: found no @Revision, expected it on the class"),
                        fault -> assertThat(fault)
                                .startsWith("acme.Ctor: found java.lang.IllegalStateException: no"
                                        + " thrown in <init> (Ctor.java:3)"),
                        fault -> assertThat(fault).startsWith("acme.Hidden: found a class of which nobody can make"),
                        fault -> assertThat(fault).startsWith("acme.Init: found java.lang.ExceptionInInitializerError"),
                        fault -> assertThat(fault).startsWith("acme.NoMigration: found another class, expected one"),
                        fault -> assertThat(fault)
                                .startsWith("acme.NeedsText: found java.lang.NullPointerException: the text of sql"));
        assertThat(e.hint()).startsWith("Correct the files and classes and run");
        assertThat(e.getSuppressed()).hasSize(3);
    }

    @Test
    void joinsFilesAndClasses() throws IOException {
        Path classes = folder("classes", List.of("acme.A"), revision("A"));
        Path files = Files.createDirectory(temporary.resolve("files"));
        Files.writeString(files.resolve("b.sql"), "-- athanor:revision b\n-- athanor:revises A\n");
        Revisions both = RevisionSources.read(List.of(files), List.of(classes));
        assertThat(both.definitions()).extracting(RevisionDefinition::id).containsExactly("b", "A");
        assertThat(both.find("A")).isPresent();
        assertThat(RevisionSources.read(List.of(files), List.of()).definitions())
                .hasSize(1);
        assertThat(RevisionSources.read(List.of(), List.of(classes)).definitions())
                .hasSize(1);
    }
}
