package dev.athanor.benchmark;

import dev.athanor.benchmark.drill.Drill;
import dev.athanor.benchmark.drill.DrillContext;
import dev.athanor.benchmark.drill.Drills;
import dev.athanor.benchmark.result.DrillResult;
import dev.athanor.benchmark.result.Results;
import dev.athanor.benchmark.result.SubjectResult;
import dev.athanor.benchmark.result.VolumeResult;
import dev.athanor.benchmark.server.BenchmarkDatabase;
import dev.athanor.benchmark.server.BenchmarkServer;
import dev.athanor.benchmark.server.MachineFacts;
import dev.athanor.benchmark.server.ServerFacts;
import dev.athanor.benchmark.table.TicketTable;
import dev.athanor.benchmark.worker.Worker;
import dev.athanor.benchmark.worker.WorkerPool;
import dev.athanor.benchmark.worker.WorkerSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A whole run: one volume after the other, each with its table, its rounds and its drills. When the JVM is told to end meanwhile, it stops what it has
 * started, and {@link #run} returns with what was found until then.
 */
final class BenchmarkRun implements AutoCloseable {
    /** How long the end of the JVM waits for what was found to be written. */
    private static final long LAST_WORDS_SECONDS = 20;

    private final BenchmarkSettings settings;
    private final PrintWriter print;
    private final BenchmarkServer server;
    private final Path scratch;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread atShutdown = new Thread(this::stop, "benchmark-shutdown");
    private volatile boolean stopped;

    private BenchmarkRun(BenchmarkSettings settings, PrintWriter print, BenchmarkServer server, Path scratch) {
        this.settings = settings;
        this.print = print;
        this.server = server;
        this.scratch = scratch;
    }

    /** Starts the server, or looks at the given one. */
    static BenchmarkRun open(BenchmarkSettings settings, PrintWriter print) throws IOException {
        Files.createDirectories(settings.directory());
        Files.createDirectories(settings.out());
        String url = settings.url();
        BenchmarkServer server = url == null ? BenchmarkServer.embedded(settings.directory()) : BenchmarkServer.at(url);
        BenchmarkRun run = new BenchmarkRun(settings, print, server, Files.createTempDirectory("athanor-benchmark"));
        Runtime.getRuntime().addShutdownHook(run.atShutdown);
        return run;
    }

    /**
     * Measures.
     *
     * @param found is told all that was found so far, after every volume
     */
    Results run(Consumer<Results> found) {
        String started = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        ServerFacts facts = server.facts();
        List<VolumeResult> volumes = new ArrayList<>();
        Results results = results(started, facts, volumes);
        for (long rows : settings.rows()) {
            try {
                volumes.add(volume(rows));
            } catch (RuntimeException e) {
                if (!stopped) {
                    throw e;
                }
            }
            results = results(started, facts, volumes);
            found.accept(results);
            if (stopped) {
                break;
            }
        }
        return results;
    }

    private Results results(String started, ServerFacts facts, List<VolumeResult> volumes) {
        return new Results(
                started, MachineFacts.here(), facts, Versions.all(), settings.jvm(), settings.repeats(), volumes);
    }

    private VolumeResult volume(long rows) {
        BenchmarkDatabase database = server.create();
        try {
            say("%,d rows: making the table", rows);
            TicketTable table = TicketTable.create(database, rows);
            long bytes = table.bytes();
            WorkerSettings workers = new WorkerSettings(
                    database.url(), settings.jvm(), scratch, settings.out().resolve("workers.log"));
            List<SubjectResult> subjects = rounds(table, workers);
            DrillContext context = new DrillContext(server, table, workers, settings.repeats(), settings.root());
            return new VolumeResult(rows, bytes, subjects, drills(context));
        } finally {
            warned("the table's database", () -> server.drop(database));
        }
    }

    private List<SubjectResult> rounds(TicketTable table, WorkerSettings workers) {
        try (WorkerPool pool = new WorkerPool(workers, table.rows())) {
            TableRounds rounds = new TableRounds(settings, table, pool, line -> say("%s", line), () -> stopped);
            rounds.run();
            return rounds.results();
        }
    }

    private List<DrillResult> drills(DrillContext context) {
        List<DrillResult> results = new ArrayList<>();
        for (Drill drill : Drills.ALL) {
            if (settings.drills().contains(drill.id()) && !stopped) {
                say("%,d rows: %s", context.table().rows(), drill.title());
                DrillResult result = drill(drill, context);
                if (!stopped) {
                    tell(result);
                    results.add(result);
                }
            }
        }
        return results;
    }

    private DrillResult drill(Drill drill, DrillContext context) {
        try {
            return drill.run(context);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return DrillResult.failed(drill.id(), drill.title(), "interrupted");
        } catch (Exception e) {
            return DrillResult.failed(drill.id(), drill.title(), String.valueOf(e));
        }
    }

    private void tell(DrillResult result) {
        if (result.failure() != null || result.leftOut() != null) {
            say("  %s", result.failure() != null ? "FAILED: " + result.failure() : "left out: " + result.leftOut());
        }
        result.figures().forEach(figure -> say("  %-40s %.2f %s", figure.name(), figure.median(), figure.unit()));
    }

    /** In the middle of it: takes away from under the run what it works with, and lets it say its last words. */
    private void stop() {
        stopped = true;
        Worker.killAll();
        warned("the server", server::close);
        try {
            if (!ended.await(LAST_WORDS_SECONDS, TimeUnit.SECONDS)) {
                warned("the scratch folder", () -> Scratch.delete(scratch));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Worker.killAll();
    }

    /** Gives back all that it took; what cannot be given back is told. */
    @Override
    public void close() {
        warned("the server", server::close);
        warned("the scratch folder", () -> Scratch.delete(scratch));
        ended.countDown();
        if (!stopped) {
            Runtime.getRuntime().removeShutdownHook(atShutdown);
        }
    }

    private void warned(String what, Runnable cleanUp) {
        try {
            cleanUp.run();
        } catch (RuntimeException e) {
            say("warning: %s could not be cleaned up: %s", what, String.valueOf(e.getMessage()));
        }
    }

    private void say(String form, Object... values) {
        print.printf(form + "%n", values);
        print.flush();
    }
}
