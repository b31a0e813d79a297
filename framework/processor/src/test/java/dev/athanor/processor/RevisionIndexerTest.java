package dev.athanor.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RevisionIndexerTest {
    private static final String PLAIN = "public class Plain {}";

    @TempDir
    private Path folder;

    private Compiler compiler;

    @BeforeEach
    void fresh() {
        compiler = new Compiler(folder);
    }

    private static String imports(String declaration) {
        return "import dev.athanor.migration.*;\n" + declaration;
    }

    private static String body(String declaration) {
        return declaration + " { @Override public void define(MigrationBuilder m) {} }";
    }

    private static String revision(String name) {
        return imports("@Revision(id = \"" + name + "\")\n" + body("public class " + name + " implements Migration"));
    }

    private static String formerly(String name) {
        return imports(body("public class " + name + " implements Migration"));
    }

    @Test
    void writesTheClassesSorted() throws IOException {
        String outer = imports("public class Outer {\n@Revision(id = \"n\") "
                + body("public static final class Nested implements Migration")
                + "\n@Revision(id = \"r\") " + body("public record Rec() implements Migration") + "}");
        assertThat(compiler.compile(revision("Zulu"), outer, revision("Alpha"), PLAIN))
                .isEmpty();
        assertThat(compiler.index()).containsExactly("Alpha", "Outer$Nested", "Outer$Rec", "Zulu");
    }

    @Test
    void writesNothingForNothing() throws IOException {
        assertThat(compiler.compile(PLAIN)).isEmpty();
        assertThat(compiler.hasIndex()).isFalse();
    }

    @Test
    void keepsWhatWasCompiledBefore() throws IOException {
        compiler.compile(revision("A"), revision("B"));
        assertThat(compiler.compile(revision("C"))).isEmpty();
        assertThat(compiler.index()).containsExactly("A", "B", "C");
        assertThat(compiler.compile(revision("B"))).isEmpty();
        assertThat(compiler.index()).containsExactly("A", "B", "C");
    }

    @Test
    void dropsWhatIsGone() throws IOException {
        compiler.compile(revision("A"), revision("B"));
        compiler.deleteClasses("A");
        assertThat(compiler.compile(PLAIN)).isEmpty();
        assertThat(compiler.index()).containsExactly("B");
    }

    @Test
    void dropsWhatIsNoRevisionAnyMore() throws IOException {
        compiler.compile(revision("A"), revision("B"));
        assertThat(compiler.compile(formerly("A"))).isEmpty();
        assertThat(compiler.index()).containsExactly("B");
        assertThat(compiler.compile(formerly("B"))).isEmpty();
        assertThat(compiler.index()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "class A implements Migration | A | must be public",
                "public class A | A | must implement dev.athanor.migration.Migration",
                "public abstract class A implements Migration | A | must be a class that is not abstract",
                "public interface A extends Migration | A | must be a class that is not abstract",
                "public enum A implements Migration | A | must be a class that is not abstract",
                "public record A(int n) implements Migration | A | must have a public constructor without parameters",
            })
    void refusesClassesThatCannotBeLoaded(String declaration, String name, String problem) throws IOException {
        String body = declaration.contains("implements") && !declaration.contains("enum")
                ? body(declaration)
                : declaration.contains("enum")
                        ? declaration + " { ONE; @Override public void define(MigrationBuilder m) {} }"
                        : declaration + " {}";
        assertThat(compiler.compile(imports("@Revision(id = \"a\")\n" + body)))
                .containsExactly("A.java:3: the revision " + name + " " + problem);
        assertThat(compiler.hasIndex()).isFalse();
    }

    @Test
    void refusesPrivateConstructors() throws IOException {
        assertThat(compiler.compile(imports("@Revision(id = \"a\")\npublic class A implements Migration {"
                        + " private A() {} @Override public void define(MigrationBuilder m) {} }")))
                .containsExactly("A.java:3: the revision A must have a public constructor without parameters");
    }

    @Test
    void refusesInnerAndHiddenClasses() throws IOException {
        assertThat(compiler.compile(imports("class Outer {\n@Revision(id = \"i\")\n"
                        + body("public class Inner implements Migration") + "}")))
                .containsExactly(
                        "Outer.java:4: the revision Outer.Inner must stand at the top or be static",
                        "Outer.java:4: the revision Outer.Inner must stand in public classes only");
    }

    @Test
    void refusesAnIdTwice() throws IOException {
        List<String> said = compiler.compile(revision("A"), revision("B").replace("\"B\"", "\"A\""));
        assertThat(said).containsExactly("B.java:3: the revision B has the id 'A', which A has already");
    }
}
