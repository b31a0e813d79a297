package dev.athanor.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.migration.Revision;
import dev.athanor.operation.OperationForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation has its page, whose examples are read, a lifecycle on real servers, and nothing has one in vain. */
class OperationPagesTest {
    private static final Path PAGES = Path.of("../../docs/operations");
    private static final Path CASES = Path.of("../integration-tests/src/test/resources/operations");
    private static final Path EXAMPLES = Path.of("src/test/java/dev/athanor/source/JavaExamples.java");

    @Revision(id = "example")
    private interface Example {}

    static Stream<String> keywords() {
        return OperationForm.all().stream().map(OperationForm::keyword);
    }

    private static String block(String keyword, String language) throws IOException {
        String page = Files.readString(PAGES.resolve(keyword + ".md"));
        Matcher block =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(page);
        assertThat(block.find())
                .as("an example in " + language + " of " + keyword)
                .isTrue();
        return block.group(1);
    }

    private static String squashed(String code) {
        return code.replaceAll("\\s+", "");
    }

    @ParameterizedTest
    @MethodSource("keywords")
    void sql_and_java_of_the_page_say_the_same(String keyword) throws IOException {
        Faults faults = new Faults(keyword + ".md");
        String sql = block(keyword, "sql");
        RevisionDefinition file = RevisionFileReader.read("-- athanor:revision example\n" + sql, faults);
        RevisionDefinition java = MigrationReader.read(
                Objects.requireNonNull(Example.class.getAnnotation(Revision.class)), JavaExamples.of(keyword), faults);

        assertThat(faults.inOrder()).isEmpty();
        assertThat(sql).containsPattern("^-- athanor:operation " + keyword + "\\s");
        assertThat(Objects.requireNonNull(java).checksum())
                .as("what is told in Java and in SQL")
                .isEqualTo(Objects.requireNonNull(file).checksum());
        String printed = squashed(block(keyword, "java"));
        assertThat(squashed(Files.readString(EXAMPLES)))
                .as("the Java of the page, as it is compiled")
                .contains(printed.substring(0, printed.length() - 1));
    }

    @ParameterizedTest
    @MethodSource("keywords")
    void there_is_a_lifecycle_of_each(String keyword) throws IOException {
        try (Stream<Path> cases = Files.list(CASES.resolve(keyword))) {
            assertThat(cases).anyMatch(file -> file.toString().endsWith(".sql"));
        }
    }

    @Test
    void no_page_is_left_over() throws IOException {
        try (Stream<Path> pages = Files.list(PAGES)) {
            assertThat(pages.map(page -> page.getFileName().toString().replace(".md", ""))
                            .filter(name -> !name.equals("README")))
                    .containsExactlyInAnyOrderElementsOf(keywords().toList());
        }
    }
}
