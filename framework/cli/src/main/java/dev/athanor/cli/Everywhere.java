package dev.athanor.cli;

import dev.athanor.FailureKind;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.ParseResult;

/**
 * One command on every environment of the settings file: each in a run of its own, as many at once as are wanted, with one
 * result for all. The failure of one does not hold up the others. At Ctrl-C those at work stop at their checkpoints, and
 * those that wait do not begin.
 */
final class Everywhere {
    static final int USUAL_PARALLEL = 4;
    /** Each has connections and threads of its own. */
    static final int MOST_PARALLEL = 64;

    /** Those that work under the lease, and end at a checkpoint when they are interrupted. */
    private static final Set<String> RUNS = Set.of("upgrade", "downgrade", "stamp", "resume", "backfill");

    private static final Set<String> LOOKS = Set.of("status", "check", "current", "plan", "doctor", "adopt");
    /** With these a command asks no database. */
    private static final List<String> WITHOUT_DATABASE = List.of("--sql", "--current");

    private static final Set<String> PLACES = Set.of("ATHANOR_URL", "ATHANOR_EMBEDDED", "DATABASE_URL", "ATHANOR_ENV");

    private final AthanorCommand root;
    private final List<String> arguments;
    private volatile boolean interrupted;

    Everywhere(AthanorCommand root, String[] arguments) {
        this.root = root;
        this.arguments = forOne(arguments);
    }

    /** How the command ended in one environment. */
    record Ending(String environment, int code, Map<String, Object> result) {
        static Ending of(String environment, FailureKind kind, String code, String message, String hint) {
            return new Ending(environment, kind.exitCode(), ErrorReport.json(code, message, hint));
        }
    }

    /** The environment variables without those that choose a single database: here the file chooses. */
    static Map<String, String> withoutPlaces(Map<String, String> environment) {
        Map<String, String> kept = new LinkedHashMap<>(environment);
        kept.keySet().removeAll(PLACES);
        return kept;
    }

    /** Runs all and prints; the worst exit code. */
    int run(ParseResult command) {
        Settings settings = root.settings();
        int parallel = root.requireAll();
        requireDatabaseCommand(command);
        List<String> names = environments(root.settingsFile());
        // at once, as the first of several threads that log would set it up under the others
        LoggerFactory.getILoggerFactory();
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(parallel, names.size()));
        Interruption held = hold(command);
        try {
            Map<String, Future<Ending>> running = new LinkedHashMap<>();
            names.forEach(name -> running.put(name, threads.submit(() -> one(name))));
            List<Ending> endings = new ArrayList<>();
            running.forEach((name, future) -> endings.add(ending(name, future)));
            return EverywhereReport.print(root, settings, endings);
        } finally {
            threads.shutdownNow();
            held.close();
        }
    }

    private Interruption hold(ParseResult command) {
        return RUNS.contains(command.commandSpec().name())
                ? Interruption.holds(() -> interrupted = true)
                : Interruption.none();
    }

    private static void requireDatabaseCommand(ParseResult command) {
        String name = command.commandSpec().name();
        if (!RUNS.contains(name) && !LOOKS.contains(name)) {
            throw UsageError.of("--all does not go with '" + name + "', which works on no database", name);
        }
        for (String option : WITHOUT_DATABASE) {
            if (command.hasMatchedOption(option)) {
                throw UsageError.of("--all does not go with " + option + ", which asks no database", name);
            }
        }
    }

    private static List<String> environments(SettingsFile file) {
        if (file.environments().isEmpty()) {
            throw UsageError.of(
                    file.path() + " names no environments, which --all would run on: its key 'environments' is missing"
                            + " or empty",
                    "");
        }
        List<String> without = file.environments().stream()
                .filter(name -> !file.select(name).namesOwnDatabase())
                .toList();
        if (!without.isEmpty()) {
            throw UsageError.of(
                    "--all needs a database of its own for each environment, 'url' or 'embedded'; in " + file.path()
                            + " these have none: " + String.join(", ", without),
                    "");
        }
        return file.environments();
    }

    private Ending one(String environment) {
        if (interrupted) {
            return Ending.of(
                    environment,
                    FailureKind.STOPPED,
                    "stopped",
                    "Not begun: the command was interrupted before.",
                    "Run the same command again.");
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new LabelledStream(environment + ": ", root.terminal().err()),
                false,
                root.terminal().columns());
        List<String> all = new ArrayList<>(List.of("--env", environment, "--output", "json"));
        all.addAll(arguments);
        int code = new Application(terminal, withoutPlaces(root.environment()), root.clock())
                .run(all.toArray(String[]::new));
        return new Ending(environment, code, Json.read(out.toString(StandardCharsets.UTF_8)));
    }

    private static Ending ending(String name, Future<Ending> running) {
        try {
            return running.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            return Ending.of(
                    name,
                    FailureKind.UNEXPECTED,
                    "unexpected",
                    "Unexpected: " + e.getCause(),
                    "Run it with --env " + name + " --stacktrace, and please report what it says.");
        }
    }

    /** Without what says that it is for all, and in which form; what is behind {@code --} is no option. */
    private static List<String> forOne(String[] arguments) {
        int end = Arrays.asList(arguments).indexOf("--");
        int options = end < 0 ? arguments.length : end;
        List<String> kept = new ArrayList<>();
        for (int i = 0; i < options; i++) {
            String name = arguments[i].replaceFirst("=.*", "");
            boolean taken = Set.of("--all", "--parallel", "--output").contains(name);
            if (!taken) {
                kept.add(arguments[i]);
            } else if (!name.equals("--all") && !arguments[i].contains("=")) {
                i++;
            }
        }
        kept.addAll(Arrays.asList(arguments).subList(options, arguments.length));
        return kept;
    }
}
