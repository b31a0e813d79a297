package dev.athanor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows is what works: its files, and its commands in their order. */
@AthanorPostgres
class ReadmeTest {
    private static final Pattern FILE =
            Pattern.compile("`(migrations/[^`]+\\.sql)`(?:(?!```).)*?```sql\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern SHELL = Pattern.compile("```sh\\n(.*?)```|`(\\./athanor [^`]+)`", Pattern.DOTALL);

    @TempDir
    private Path folder;

    private final String readme = Files.readString(root().resolve("README.md"));

    ReadmeTest() throws IOException {}

    @Test
    void theTourWorks(TestDatabase database) {
        Cli cli = new Cli(folder).with("ATHANOR_URL", database.url());
        Map<String, String> files = files();
        assertThat(files).hasSize(2);
        files.forEach(cli::file);
        List<String> commands = commands();
        assertThat(commands)
                .contains(
                        "history",
                        "upgrade heads",
                        "status",
                        "current",
                        "upgrade heads --phase expand",
                        "upgrade heads --phase backfill",
                        "upgrade heads --phase contract",
                        "resume");
        commands.forEach(command -> cli.run(command.split(" ")).endsWith(0));
        cli.run("status", "--check").endsWith(0);
        assertThat(database.jdbc()
                        .number("SELECT count(*) FROM tickets"
                                + " WHERE (resolved_at IS NULL) <> (resolution_seconds IS NULL)"))
                .isZero();
    }

    @Test
    void thePhasesOfTheTourWorkOneByOne(TestDatabase database) {
        database.jdbc().execute("DROP SCHEMA IF EXISTS athanor CASCADE; DROP TABLE IF EXISTS tickets");
        Cli cli = new Cli(folder).with("ATHANOR_URL", database.url());
        files().forEach(cli::file);
        List<String> phases = commands().stream()
                .filter(command -> command.contains("--phase"))
                .toList();
        assertThat(phases).hasSize(3);
        phases.forEach(command ->
                assertThat(cli.run(command.split(" ")).endsWith(0).out()).contains("resolution"));
        cli.run("status", "--check").endsWith(0);
    }

    private Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        FILE.matcher(readme).results().forEach(found -> files.put(found.group(1), found.group(2)));
        return files;
    }

    /** In their order, without the demo of a million rows and the environment that only its owner has. */
    private List<String> commands() {
        List<String> commands = new ArrayList<>();
        SHELL.matcher(readme).results().flatMap(ReadmeTest::lines).forEach(line -> {
            String command = line.replaceFirst("#.*", "").strip();
            if (command.startsWith("./athanor ")) {
                commands.add(command.substring("./athanor ".length()));
            }
        });
        commands.removeIf(command -> command.equals("demo") || command.contains("production"));
        return commands;
    }

    private static Stream<String> lines(MatchResult found) {
        return found.group(1) == null
                ? Stream.of(found.group(2))
                : found.group(1).lines();
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("athanor"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
