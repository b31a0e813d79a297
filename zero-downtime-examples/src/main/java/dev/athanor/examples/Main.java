package dev.athanor.examples;

import dev.athanor.AthanorException;
import dev.athanor.embedded.EmbeddedPostgresException;
import dev.athanor.examples.run.ExampleServer;
import dev.athanor.examples.run.Report;
import dev.athanor.examples.run.RunSettings;
import dev.athanor.examples.run.ScenarioResult;
import dev.athanor.examples.run.ScenarioRun;
import dev.athanor.examples.scenario.Scenario;
import dev.athanor.examples.scenario.Scenarios;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs one scenario or all of them. */
@Command(
        name = "zero-downtime-examples/run",
        mixinStandardHelpOptions = true,
        description = {
            "Changes a schema while an old and a new version of an application are at work on it, and checks what they read.",
            "Two instances send requests at a constant rate; each request is checked against all that was committed.",
            "Exit code: 0 all scenarios ended as they must; 1 one did not; 2 wrong usage or no database."
        })
public final class Main implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", paramLabel = "SCENARIO", description = "Number, name, 'all', or 'list'.")
    private String wanted = "";

    @Option(names = "--rows", defaultValue = "20000", description = "Rows of the table (default: ${DEFAULT-VALUE}).")
    private long rows;

    @Option(
            names = "--seconds",
            defaultValue = "3",
            description = "Length of each stage in which no migration runs (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(
            names = "--rate",
            defaultValue = "200",
            description = "Requests a second of each of the two instances (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(
            names = "--url",
            description =
                    "A server to use, postgresql://user:password@host:port/database; each scenario makes a database"
                            + " there and drops it (default: an embedded server).")
    private @Nullable String url;

    @Option(
            names = "--out",
            description = "Folder for reports and charts (default: target/reports in the module's folder).")
    private @Nullable Path out;

    private Main() {}

    /** Runs and exits. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** For tests. */
    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new Main());
        commandLine.setExecutionExceptionHandler((error, command, parsed) -> failed(error, command.getErr()));
        return commandLine;
    }

    private static int failed(Exception error, PrintWriter err) {
        if (error instanceof AthanorException known) {
            err.println("error: " + known.getMessage() + "\nhint: " + known.hint());
        } else if (error instanceof EmbeddedPostgresException known) {
            err.println("error: " + known.getMessage() + "\nhint: " + known.hint());
        } else {
            error.printStackTrace(err);
        }
        return CommandLine.ExitCode.USAGE;
    }

    @Override
    public Integer call() {
        CommandLine command = java.util.Objects.requireNonNull(spec).commandLine();
        PrintWriter print = command.getOut();
        if (wanted.equals("list")) {
            Scenarios.ALL.forEach(scenario -> print.println(scenario.title()));
            return CommandLine.ExitCode.OK;
        }
        List<Scenario> scenarios = Scenarios.find(wanted);
        if (scenarios.isEmpty() || rows < 1 || rate < 1 || seconds <= 0) {
            throw new CommandLine.ParameterException(
                    command,
                    scenarios.isEmpty()
                            ? "There is no scenario '" + wanted + "'; 'list' names them."
                            : "--rows, --rate and --seconds must be above zero.");
        }
        List<ScenarioResult> results = run(scenarios, print);
        return results.stream().allMatch(ScenarioResult::passed) ? 0 : 1;
    }

    private List<ScenarioResult> run(List<Scenario> scenarios, PrintWriter print) {
        Path module = Path.of(System.getProperty("athanor.examples", "."));
        Path reports = out == null ? module.resolve("target/reports") : out;
        RunSettings settings =
                new RunSettings(rows, Duration.ofMillis((long) (seconds * 1000)), rate, module.resolve("scenarios"));
        List<ScenarioResult> results = new ArrayList<>();
        try (ExampleServer server = url == null ? ExampleServer.embedded() : ExampleServer.at(url)) {
            for (Scenario scenario : scenarios) {
                print.printf("%s, %,d rows, 2 × %d requests/s%n%n", scenario.title(), rows, rate);
                print.flush();
                ScenarioResult result =
                        server.withDatabase(database -> new ScenarioRun(scenario, settings, database).run());
                results.add(result);
                print.println(Report.text(result));
                print.printf("report and chart: %s%n%n", Report.write(result, reports));
                print.flush();
            }
        }
        if (results.size() > 1) {
            Report.writeSummary(results, reports);
            print.println(Report.summaryText(results));
        }
        return results;
    }
}
