package dev.athanor.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.lint.LintSettings;
import dev.athanor.lint.PgVersion;
import dev.athanor.source.RevisionFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What operations make is what lint asks for: neither their examples nor the cases of their lives need a waiver. */
class OperationLintTest {
    private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();
    private static final Path CASES =
            ROOT.resolve(Path.of("framework", "integration-tests", "src", "test", "resources", "operations"));

    private static final Pattern EXAMPLE = Pattern.compile("```sql\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern CASE =
            Pattern.compile("^-- case:operation[^\\n]*\\n(.*?)(?=^-- case:|\\z)", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern LITERAL = Pattern.compile("\\{\\{(\\w+)\\.literal}}");
    private static final Pattern NAME = Pattern.compile("\\{\\{(\\w+)(\\.\\w+)?}}");

    @TempDir
    private Path folder;

    static Stream<Path> files() throws IOException {
        try (Stream<Path> docs = Files.list(ROOT.resolve(Path.of("docs", "operations")));
                Stream<Path> cases = Files.walk(CASES)) {
            return Stream.concat(docs, cases)
                    .filter(file ->
                            file.toString().endsWith(".md") || file.toString().endsWith(".sql"))
                    .filter(file -> !file.endsWith("README.md"))
                    .map(ROOT::relativize)
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void needs_no_waiver(Path file) throws IOException {
        String text = Files.readString(ROOT.resolve(file));
        boolean page = file.toString().endsWith(".md");
        List<String> bodies = (page ? EXAMPLE : CASE)
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .filter(body -> body.contains("-- athanor:operation"))
                .toList();
        for (String body : bodies) {
            assertThat(lint(body))
                    .filteredOn(found -> found.finding().refuses())
                    .isEmpty();
        }
    }

    private List<RevisionFinding> lint(String body) throws IOException {
        String plain = NAME.matcher(LITERAL.matcher(body).replaceAll("'$1'")).replaceAll("$1");
        String whole = plain.contains("-- athanor:revision") ? plain : "-- athanor:revision example\n" + plain;
        Path written = Files.writeString(folder.resolve("example.sql"), whole);
        return new RevisionLinter(LintSettings.of(PgVersion.NEWEST), Map.of())
                .lint(RevisionFolder.readFiles(List.of(written)).definitions().get(0));
    }
}
