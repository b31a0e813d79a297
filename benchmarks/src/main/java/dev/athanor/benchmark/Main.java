package dev.athanor.benchmark;

import dev.athanor.benchmark.drill.Drill;
import dev.athanor.benchmark.drill.Drills;
import dev.athanor.benchmark.report.Reports;
import dev.athanor.benchmark.result.Results;
import dev.athanor.benchmark.result.Target;
import dev.athanor.benchmark.result.Targets;
import dev.athanor.benchmark.server.JdbcUrl;
import dev.athanor.benchmark.subject.Subject;
import dev.athanor.benchmark.subject.Subject.Kind;
import dev.athanor.benchmark.subject.Subjects;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures backfills and what else is in use, side by side. */
@Command(
        name = "benchmarks/run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measures what Athanor does to a table, and how others do it, against the one statement that does it all, in interleaved rounds.",
            "'jmh' as the first argument runs the JMH benchmarks instead, with JMH's own options.",
            "Exit code: 0 all was measured; 1 something failed, or with --check missed its target; 2 wrong usage."
        })
public final class Main implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--rows",
            split = ",",
            defaultValue = "100k",
            description = "Volumes, such as 10k,100k,1m,10m (default: ${DEFAULT-VALUE}).")
    private List<String> rows = List.of();

    @Option(
            names = "--cases",
            split = ",",
            defaultValue = "all",
            description = "What of ours: ids, chunk-*, all or none (default: ${DEFAULT-VALUE}); --list names them.")
    private List<String> cases = List.of();

    @Option(
            names = "--peers",
            split = ",",
            defaultValue = "all",
            description = "What of others, likewise (default: ${DEFAULT-VALUE}).")
    private List<String> peers = List.of();

    @Option(
            names = "--repeat",
            defaultValue = "3",
            description = "Rounds; a warm-up goes before more than one (default: ${DEFAULT-VALUE}).")
    private int repeats;

    @Option(
            names = "--url",
            description =
                    "A server to use, postgresql://user:password@host:port/database; a database is made there and dropped"
                            + " (default: an embedded server).")
    private @Nullable String url;

    @Option(
            names = "--jvm",
            split = " ",
            defaultValue = "-Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Dio.netty.leakDetection.level=disabled",
            description = "Arguments of the JVMs in which all of it runs (default: ${DEFAULT-VALUE}).")
    private List<String> jvm = List.of();

    @Option(
            names = "--held-back",
            paramLabel = "OPTIONS",
            defaultValue = Subjects.HELD_BACK_OPTIONS,
            description =
                    "Options of the backfill that is held back beside the application (default: ${DEFAULT-VALUE}).")
    private String heldBack = "";

    @Option(names = "--out", description = "Folder of the results (default: target/results in the module's folder).")
    private @Nullable Path out;

    @Option(
            names = "--directory",
            description =
                    "Where the embedded server keeps its data while it runs (default: target in the module's folder).")
    private @Nullable Path directory;

    @Option(names = "--check", description = "Exit with 1 when a target that was measured was missed.")
    private boolean check;

    @Option(names = "--list", description = "Name all cases and peers, and end.")
    private boolean list;

    private Main() {}

    /** Runs and exits. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 0 && arguments[0].equals("jmh")) {
            org.openjdk.jmh.Main.main(Arrays.copyOfRange(arguments, 1, arguments.length));
            return;
        }
        System.exit(commandLine().execute(arguments));
    }

    /** For tests. */
    static CommandLine commandLine() {
        return new CommandLine(new Main());
    }

    @Override
    public Integer call() throws Exception {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        PrintWriter print = command.getOut();
        if (list) {
            list(print);
            return CommandLine.ExitCode.OK;
        }
        BenchmarkSettings settings = settings(command);
        try (BenchmarkRun run = BenchmarkRun.open(settings, print)) {
            Results results = run.run(found -> write(found, settings.out()));
            print.println();
            print.print(Reports.summary(results));
            print.println("results: " + settings.out().resolve("results.md"));
            print.flush();
            return failed(results) ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
        }
    }

    private static void write(Results results, Path folder) {
        try {
            Reports.write(results, folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean failed(Results results) {
        return !results.failures().isEmpty()
                || check && Targets.of(results).stream().anyMatch(target -> target.outcome() == Target.Outcome.MISSED);
    }

    private BenchmarkSettings settings(CommandLine command) {
        try {
            if (repeats < 1) {
                throw new IllegalArgumentException("--repeat must be at least 1");
            }
            if (url != null) {
                JdbcUrl.check(url);
            }
            Path module = Path.of(System.getProperty("athanor.benchmarks", "."))
                    .toAbsolutePath()
                    .normalize();
            List<Drill> usual = Drills.ALL.stream().filter(Drill::isUsual).toList();
            List<Drill> others =
                    Drills.ALL.stream().filter(drill -> !drill.isUsual()).toList();
            Set<String> chosen = Selection.of(
                    cases,
                    Stream.concat(ids(Kind.CASE).stream(), usual.stream().map(Drill::id))
                            .toList(),
                    others.stream().map(Drill::id).toList());
            Set<String> drills =
                    Drills.ALL.stream().map(Drill::id).filter(chosen::contains).collect(Collectors.toSet());
            chosen.removeAll(drills);
            chosen.addAll(Selection.of(peers, ids(Kind.PEER), List.of()));
            return new BenchmarkSettings(
                    rows.stream().map(RowCounts::parse).toList(),
                    chosen,
                    drills,
                    repeats,
                    repeats > 1,
                    url,
                    Stream.concat(jvm.stream(), Stream.of("-D" + Subjects.HELD_BACK_PROPERTY + "=" + heldBack))
                            .toList(),
                    out == null ? module.resolve("target/results") : out,
                    directory == null ? module.resolve("target") : directory,
                    module.resolve("..").normalize());
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(command, String.valueOf(e.getMessage()), e);
        }
    }

    private static List<String> ids(Kind kind) {
        return Subjects.of(kind).stream().map(Subject::id).toList();
    }

    private static void list(PrintWriter print) {
        print.println("cases:");
        Subjects.of(Kind.CASE).forEach(subject -> print.printf("  %-20s %s%n", subject.id(), subject.title()));
        Drills.ALL.forEach(drill -> print.printf(
                "  %-20s %s%s%n", drill.id(), drill.title(), drill.isUsual() ? "" : " (only when it is named)"));
        print.println("peers:");
        Subjects.of(Kind.PEER).forEach(subject -> print.printf("  %-20s %s%n", subject.id(), subject.title()));
        print.flush();
    }
}
