package dev.athanor.benchmarks;

import dev.athanor.embedded.EmbeddedServer;
import dev.athanor.jobs.supportdesk.SupportDesk;
import dev.athanor.jobs.supportdesk.application.ApplicationSettings;
import dev.athanor.jobs.supportdesk.application.PeriodReport;
import dev.athanor.jobs.supportdesk.application.SimulatedApplication;
import dev.athanor.postgres.ConnectionUrl;
import dev.athanor.postgres.Database;
import dev.athanor.postgres.PoolSettings;
import dev.athanor.run.MigrationRunner;
import dev.athanor.run.RunListener;
import dev.athanor.run.RunResult;
import dev.athanor.run.UpgradeRequest;
import dev.athanor.source.RevisionFolder;
import dev.athanor.source.Revisions;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import reactor.core.scheduler.Schedulers;

/**
 * What users of an application feel while a backfill runs beside it. The application sends statements at a constant rate;
 * in each round it runs alone, then beside a backfill that is held back, alone again, then beside one that is not. Each
 * latency counts from the time at which a statement was due.
 *
 * <p>Arguments: rows (1,000,000), seconds of each period (30), rounds (3), statements a second (500), options of the
 * backfill that is held back.
 */
public final class ForegroundLatency {
    private static final String DATABASE = "foreground_latency";
    private static final String HELD_BACK = "workers=1 chunk-size=250 max-rows-per-second=10000";
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final String REVISION = """
            -- athanor:revision  %1$s

            -- athanor:backfill name=mark table=tickets %2$s
            UPDATE tickets SET mark = coalesce(mark, 0) + 1 WHERE ${chunk};
            """;

    private final PrintStream out;
    private final BenchmarkDatabase database;
    private final Path folder;
    private final Duration length;
    private final SimulatedApplication application;
    private final List<Measured> measured = new ArrayList<>();

    private record Measured(String kind, int period, long rows, Duration time) {}

    private ForegroundLatency(
            PrintStream out, BenchmarkDatabase database, Path folder, Duration length, int statementsPerSecond) {
        this.out = out;
        this.database = database;
        this.folder = folder;
        this.length = length;
        ApplicationSettings defaults = ApplicationSettings.DEFAULTS;
        this.application = SimulatedApplication.start(
                database.url(),
                new ApplicationSettings(
                        statementsPerSecond, defaults.connections(), defaults.maxInFlight(), defaults.seed()),
                Schedulers.parallel(),
                "warm-up");
    }

    /** Runs and prints; see the class. */
    public static void main(String[] arguments) throws IOException {
        long rows = argument(arguments, 0, 1_000_000);
        Duration length = Duration.ofSeconds(argument(arguments, 1, 30));
        int rounds = Math.toIntExact(argument(arguments, 2, 3));
        int rate = Math.toIntExact(argument(arguments, 3, 500));
        String heldBack = arguments.length > 4 ? arguments[4] : HELD_BACK;
        Path folder = Files.createTempDirectory("athanor-foreground");
        try (EmbeddedServer server = EmbeddedServer.open(BackfillVersusUpdate.settings())) {
            server.dropDatabase(DATABASE);
            server.createDatabase(DATABASE);
            BenchmarkDatabase database = new BenchmarkDatabase(server, DATABASE);
            load(database, rows);
            System.out.printf(
                    "%,d tickets, %d statements/s, %d rounds of %d s periods, held back by: %s, %d processors%n",
                    rows,
                    rate,
                    rounds,
                    length.toSeconds(),
                    heldBack,
                    Runtime.getRuntime().availableProcessors());
            new ForegroundLatency(System.out, database, folder, length, rate).run(rounds, heldBack);
            server.dropDatabase(DATABASE);
        } finally {
            Files.deleteIfExists(folder.resolve("mark.sql"));
            Files.deleteIfExists(folder);
        }
    }

    private static void load(BenchmarkDatabase database, long rows) {
        try (Database opened = Database.open(ConnectionUrl.parse(database.url(), Map.of()), PoolSettings.DEFAULTS)) {
            SupportDesk.create(opened.dataSource(), rows, 1, (stage, done, expected) -> {});
        }
        database.execute("ALTER TABLE tickets ADD COLUMN mark integer");
        database.execute("VACUUM (ANALYZE) tickets");
        database.execute("CHECKPOINT");
    }

    private void run(int rounds, String heldBack) {
        try {
            pass(WARM_UP);
            backfill("warm-up", heldBack);
            for (int round = 1; round <= rounds; round++) {
                alone();
                backfill("held back", heldBack);
                alone();
                backfill("not held back", "");
            }
            application.stop().toFuture().orTimeout(10, TimeUnit.SECONDS).join();
            print();
        } finally {
            application.dispose();
        }
    }

    private void alone() {
        database.execute("CHECKPOINT");
        begin("alone");
        pass(length);
        measured.add(new Measured("alone", application.reports().size() - 1, 0, length));
        application.beginPeriod("between");
    }

    /** At work for as long as a period lasts, or until it is done. */
    private void backfill(String kind, String options) {
        try {
            Files.writeString(folder.resolve("mark.sql"), REVISION.formatted("mark", options));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        database.execute("DROP SCHEMA IF EXISTS athanor CASCADE");
        database.execute("VACUUM tickets");
        database.execute("CHECKPOINT");
        Revisions revisions = RevisionFolder.read(List.of(folder));
        try (Database opened = Database.open(
                ConnectionUrl.parse(database.url(), Map.of()), MigrationRunner.connectionsFor(revisions))) {
            MigrationRunner runner = MigrationRunner.of(opened, revisions)
                    .listener(RunListener.NONE)
                    .build();
            begin(kind);
            Instant begin = Clock.systemUTC().instant();
            CompletableFuture<RunResult> upgrade =
                    CompletableFuture.supplyAsync(() -> runner.upgrade(new UpgradeRequest("heads", null)));
            RunResult result = finished(upgrade, runner);
            Duration time = Duration.between(begin, Clock.systemUTC().instant());
            int period = application.reports().size() - 1;
            application.beginPeriod("between");
            long walked = result.backfills().stream()
                    .mapToLong(RunResult.BackfillSummary::rowsWalked)
                    .sum();
            measured.add(new Measured(kind, period, walked, time));
        }
    }

    private RunResult finished(CompletableFuture<RunResult> upgrade, MigrationRunner runner) {
        try {
            return upgrade.copy()
                    .orTimeout(length.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        } catch (java.util.concurrent.CompletionException e) {
            if (!(e.getCause() instanceof TimeoutException)) {
                throw e;
            }
            runner.stop();
            return upgrade.join();
        }
    }

    private void begin(String period) {
        application.beginPeriod(period);
    }

    private static void pass(Duration time) {
        dev.athanor.postgres.Pause.real().await(time);
    }

    private void print() {
        List<PeriodReport> reports = application.reports();
        out.printf("%-15s %10s %9s %9s %9s %7s %12s%n", "", "statements", "p50", "p99", "max", "errors", "rows/s");
        for (Measured one : measured) {
            PeriodReport report = reports.get(one.period());
            out.printf(
                    "%-15s %,10d %6.1f ms %6.1f ms %6.1f ms %7d %,12.0f%n",
                    one.kind(),
                    report.statements(),
                    millis(report.p50()),
                    millis(report.p99()),
                    millis(report.max()),
                    report.errorCount(),
                    one.rows() * 1e9 / one.time().toNanos());
        }
        double alone = p99("alone", reports);
        out.printf(
                "median p99: alone %.1f ms; held back %.1f ms = %.2f times; not held back %.1f ms = %.2f times%n",
                alone,
                p99("held back", reports),
                p99("held back", reports) / alone,
                p99("not held back", reports),
                p99("not held back", reports) / alone);
    }

    private double p99(String kind, List<PeriodReport> reports) {
        double[] all = measured.stream()
                .filter(one -> one.kind().equals(kind))
                .mapToDouble(one -> millis(reports.get(one.period()).p99()))
                .sorted()
                .toArray();
        int middle = all.length / 2;
        return all.length % 2 == 1 ? all[middle] : (all[middle - 1] + all[middle]) / 2;
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }

    private static long argument(String[] arguments, int index, long otherwise) {
        return arguments.length > index ? Long.parseLong(arguments[index].replace("_", "")) : otherwise;
    }
}
