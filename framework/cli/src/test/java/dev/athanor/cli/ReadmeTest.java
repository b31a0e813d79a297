package dev.athanor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** What the README shows is what works: its files, and its commands in their order. */
@AthanorPostgres
class ReadmeTest {
    private static final Pattern FILE =
            Pattern.compile("`(migrations/[^`]+\\.sql)`(?:(?!```).)*?```sql\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern SHELL = Pattern.compile("```sh\\n(.*?)```|`(\\./athanor [^`]+)`", Pattern.DOTALL);

    private static final String IMPORTS = """
            import dev.athanor.postgres.*;
            import dev.athanor.run.*;
            import dev.athanor.source.*;
            import dev.athanor.testkit.*;
            import java.nio.file.Path;
            import java.util.List;
            import org.junit.jupiter.api.Test;
            """;

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
                        "resume",
                        "downgrade -1 --yes",
                        "merge -m \"priority and report\" --rev-id both",
                        "check");
        commands.forEach(command -> run(cli, command));
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

    @Test
    void theWorkflowWorks(TestDatabase database) {
        database.jdbc().execute("DROP SCHEMA IF EXISTS athanor CASCADE; DROP TABLE IF EXISTS tickets");
        Cli cli = new Cli(folder).with("ATHANOR_URL", database.url());
        files().forEach(cli::file);
        List<String> steps = new ArrayList<>();
        workflow("jobs", "migrations", "steps").forEach(step -> {
            if (step instanceof Map<?, ?> one && one.get("run") instanceof String command) {
                steps.add(command);
            }
        });
        assertThat(steps)
                .contains(
                        "./athanor downgrade base --yes",
                        "./athanor check",
                        "./athanor upgrade heads --sql > upgrade.sql");
        steps.forEach(step -> run(cli, step.replaceFirst("^\\./athanor ", "")));
        assertThat(folder.resolve("upgrade.sql")).content().contains("CREATE TABLE tickets", "COMMIT;");
    }

    private List<?> workflow(String... path) {
        Matcher block = Pattern.compile("```yaml\\n(name: migrations.*?)```", Pattern.DOTALL)
                .matcher(readme);
        assertThat(block.find()).isTrue();
        Object node = new Yaml().load(block.group(1));
        for (String key : path) {
            node = ((Map<?, ?>) node).get(key);
        }
        return (List<?>) node;
    }

    @Test
    void theRevisionInJavaWorks(TestDatabase database) throws IOException {
        database.jdbc().execute("DROP SCHEMA IF EXISTS athanor CASCADE; DROP TABLE IF EXISTS tickets");
        Cli cli = new Cli(folder).with("ATHANOR_URL", database.url());
        files().forEach(cli::file);
        List<String> code = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL)
                .matcher(readme)
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(code).hasSize(4);
        compile(Map.of("Reopened", code.get(0), "Weekday", code.get(1)));
        cli.run("upgrade", "heads", "--classpath", "classes").endsWith(0);
        assertThat(database.jdbc().number("SELECT count(*) FROM tickets WHERE reopened = 0"))
                .isEqualTo(200_000);
        assertThat(database.jdbc()
                        .number("SELECT count(*) FROM tickets"
                                + " WHERE opened_on = trim(to_char(created_at AT TIME ZONE 'UTC', 'DAY'))"))
                .isEqualTo(200_000);
        compile(Map.of(
                "Program",
                IMPORTS + "class Program { void run() {\n" + code.get(2) + "} }",
                "MigrationsTest",
                IMPORTS + code.get(3)));
    }

    @Test
    void theOperationWorks(TestDatabase database) {
        database.jdbc().execute("DROP SCHEMA IF EXISTS athanor CASCADE; DROP TABLE IF EXISTS tickets");
        Cli cli = new Cli(folder).with("ATHANOR_URL", database.url());
        files().forEach((name, text) -> cli.file(name, text.replace("200000", "2000")));
        Matcher example = Pattern.compile("```sql\\n((?:(?!```).)*athanor:operation.*?)```", Pattern.DOTALL)
                .matcher(readme);
        assertThat(example.find()).isTrue();
        cli.file("migrations/0003_opened.sql", example.group(1));
        assertThat(cli.run("show", "opened", "--sql").endsWith(0).out()).contains("CREATE TRIGGER");
        cli.run("upgrade", "heads").endsWith(0);
        assertThat(database.jdbc().number("SELECT count(*) FROM tickets WHERE opened_at < now()"))
                .isEqualTo(2_000);
        cli.run("downgrade", "resolution_time", "--yes").endsWith(0);
        assertThat(database.jdbc().number("SELECT count(*) FROM tickets WHERE created_at < now()"))
                .isEqualTo(2_000);
    }

    private void compile(Map<String, String> sources) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "-Xlint:-options",
                "-d",
                folder.resolve("classes").toString(),
                "-cp",
                System.getProperty("java.class.path")));
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = folder.resolve(source.getKey() + ".java");
            arguments.add(Files.writeString(file, source.getValue()).toString());
        }
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int code = ToolProvider.getSystemJavaCompiler().run(null, said, said, arguments.toArray(String[]::new));
        assertThat(code).as(said.toString(StandardCharsets.UTF_8)).isZero();
    }

    /** As a shell would: words in quotes, and where the output goes. */
    private static void run(Cli cli, String command) {
        List<String> words = Pattern.compile("\"([^\"]*)\"|(\\S+)")
                .matcher(command)
                .results()
                .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
                .collect(Collectors.toCollection(ArrayList::new));
        int redirect = words.indexOf(">");
        List<String> arguments = redirect < 0 ? words : words.subList(0, redirect);
        Outcome outcome = cli.run(arguments.toArray(String[]::new)).endsWith(0);
        if (redirect >= 0) {
            cli.file(words.get(redirect + 1), outcome.out());
        }
    }

    private Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        FILE.matcher(readme).results().forEach(found -> files.put(found.group(1), found.group(2)));
        return files;
    }

    @Test
    void theCommandsForOperatorsWork(TestDatabase database) {
        database.jdbc().execute("DROP SCHEMA IF EXISTS athanor CASCADE; DROP TABLE IF EXISTS tickets");
        Cli cli = new Cli(folder).with("ATHANOR_URL", database.url());
        files().forEach((name, text) -> cli.file(
                name,
                text.replace("200000", "20000").replace("table=tickets\n", "table=tickets max-rows-per-second=500\n")));
        List<String> commands =
                allCommands().stream().filter(ReadmeTest::isOperators).toList();
        assertThat(commands).hasSize(7);
        try (Running upgrade = cli.start("upgrade", "heads")) {
            upgrade.awaitError("resolution_time fill");
            commands.forEach(command -> run(cli, command));
            upgrade.ending().endsWith(0);
        }
        cli.run("status", "--check").endsWith(0);
    }

    /** They want a backfill that runs. */
    private static boolean isOperators(String command) {
        return command.startsWith("backfill ") || command.startsWith("watch");
    }

    private List<String> commands() {
        return allCommands().stream().filter(command -> !isOperators(command)).toList();
    }

    /** In their order, without the demo of a million rows and the environment that only its owner has. */
    private List<String> allCommands() {
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
