package dev.athanor.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
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
 * result for all. That of one does not hold up the others.
 */
final class Everywhere {
    static final int USUAL_PARALLEL = 4;
    /** Each has connections and threads of its own. */
    static final int MOST_PARALLEL = 64;

    private static final Set<String> COMMANDS =
            Set.of("upgrade", "downgrade", "stamp", "resume", "status", "check", "current", "plan", "doctor", "adopt");
    /** Of a single environment; the file's own settings are to count. */
    private static final Set<String> OF_ONE =
            Set.of("ATHANOR_URL", "ATHANOR_EMBEDDED", "DATABASE_URL", "ATHANOR_ENV", "ATHANOR_OUTPUT");
    /** Exit codes from the worst to the best. */
    private static final List<Integer> BADNESS = List.of(1, 4, 9, 2, 6, 8, 7, 5, 3, 0);

    private final AthanorCommand root;
    private final List<String> arguments;

    Everywhere(AthanorCommand root, String[] arguments) {
        this.root = root;
        this.arguments = forOne(arguments);
    }

    /** How the command ended in one environment. */
    record Ending(String environment, int code, Map<String, Object> result) {}

    /** Runs all and prints; the worst exit code. */
    int run(ParseResult parsed) {
        int parallel = root.requireAll();
        requireDatabaseCommand(parsed);
        Settings settings = root.settings();
        List<String> names = root.settingsFile().environments();
        if (names.isEmpty()) {
            throw UsageError.of(
                    root.settingsFile().path() + " names no environments, which --all would run on: 'environments:'",
                    "");
        }
        // at once, as the first of several threads that log would set it up under the others
        LoggerFactory.getILoggerFactory();
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(parallel, names.size()));
        Interruption held = Interruption.holds();
        try {
            List<Future<Ending>> running =
                    names.stream().map(name -> threads.submit(() -> one(name))).toList();
            List<Ending> endings = running.stream().map(Everywhere::ending).toList();
            int worst = endings.stream()
                    .map(Ending::code)
                    .min(Comparator.comparingInt(Everywhere::place))
                    .orElse(0);
            EverywhereReport.print(root, settings, endings, worst == 0);
            return worst;
        } finally {
            threads.shutdownNow();
            held.close();
        }
    }

    private static void requireDatabaseCommand(ParseResult parsed) {
        String command = parsed.hasSubcommand()
                ? parsed.subcommand().commandSpec().name()
                : parsed.commandSpec().name();
        if (!COMMANDS.contains(command)) {
            throw UsageError.of("--all does not go with '" + command + "', which works on no database", command);
        }
    }

    private static int place(int code) {
        int place = BADNESS.indexOf(code);
        return place < 0 ? 0 : place;
    }

    private Ending one(String environment) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new LabelledStream(environment + ": ", root.terminal().err()),
                false,
                root.terminal().columns());
        Map<String, String> variables = new LinkedHashMap<>(root.environment());
        variables.keySet().removeAll(OF_ONE);
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of("--env", environment, "--output", "json"));
        int code = new Application(terminal, variables, root.clock()).run(all.toArray(String[]::new));
        return new Ending(environment, code, Json.read(out.toString(StandardCharsets.UTF_8)));
    }

    private static Ending ending(Future<Ending> running) {
        try {
            return running.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a run ended without a result", e.getCause());
        }
    }

    /** Without what says that it is for all, and in which form. */
    private static List<String> forOne(String[] arguments) {
        List<String> kept = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            String name = arguments[i].replaceFirst("=.*", "");
            boolean taken = Set.of("--all", "--parallel", "--output").contains(name);
            if (!taken) {
                kept.add(arguments[i]);
            } else if (!name.equals("--all") && !arguments[i].contains("=")) {
                i++;
            }
        }
        return kept;
    }
}
