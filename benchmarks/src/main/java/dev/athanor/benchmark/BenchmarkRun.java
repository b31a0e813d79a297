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
import dev.athanor.benchmark.table.TicketTable;
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

/** A whole run: one volume after the other, each with its table, its rounds and its drills. */
final class BenchmarkRun {
    private final BenchmarkSettings settings;
    private final PrintWriter print;

    BenchmarkRun(BenchmarkSettings settings, PrintWriter print) {
        this.settings = settings;
        this.print = print;
    }

    Results run() throws IOException {
        String started = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        Files.createDirectories(settings.directory());
        Files.createDirectories(settings.out());
        Path scratch = Files.createTempDirectory("athanor-benchmark");
        try (BenchmarkServer server = server()) {
            List<VolumeResult> volumes = new ArrayList<>();
            for (long rows : settings.rows()) {
                volumes.add(volume(server, rows, scratch));
            }
            return new Results(
                    started,
                    MachineFacts.here(),
                    server.facts(),
                    Versions.all(),
                    settings.jvm(),
                    settings.repeats(),
                    volumes);
        } finally {
            Scratch.delete(scratch);
        }
    }

    private BenchmarkServer server() {
        String url = settings.url();
        return url == null ? BenchmarkServer.embedded(settings.directory()) : BenchmarkServer.at(url);
    }

    private VolumeResult volume(BenchmarkServer server, long rows, Path scratch) {
        BenchmarkDatabase database = server.create();
        try {
            say("%,d rows: making the table", rows);
            TicketTable table = TicketTable.create(database, rows);
            WorkerSettings workers = new WorkerSettings(
                    database.url(), settings.jvm(), scratch, settings.out().resolve("workers.log"));
            List<SubjectResult> subjects = rounds(table, workers);
            DrillContext context = new DrillContext(server, table, workers, settings.repeats(), settings.root());
            return new VolumeResult(rows, table.bytes(), subjects, drills(context));
        } finally {
            server.drop(database);
        }
    }

    private List<SubjectResult> rounds(TicketTable table, WorkerSettings workers) {
        try (WorkerPool pool = new WorkerPool(workers, table.rows())) {
            TableRounds rounds = new TableRounds(settings, table, pool, line -> say("%s", line));
            rounds.run();
            return rounds.results();
        }
    }

    private List<DrillResult> drills(DrillContext context) {
        List<DrillResult> results = new ArrayList<>();
        for (Drill drill : Drills.ALL) {
            if (settings.drills().contains(drill.id())) {
                say("%,d rows: %s", context.table().rows(), drill.title());
                results.add(drill(drill, context));
            }
        }
        return results;
    }

    private DrillResult drill(Drill drill, DrillContext context) {
        DrillResult result;
        try {
            result = drill.run(context);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            result = DrillResult.failed(drill.id(), drill.title(), "interrupted");
        } catch (Exception e) {
            result = DrillResult.failed(drill.id(), drill.title(), String.valueOf(e));
        }
        if (result.failure() != null || result.leftOut() != null) {
            say("  %s", result.failure() != null ? "FAILED: " + result.failure() : "left out: " + result.leftOut());
        }
        result.figures().forEach(figure -> say("  %-40s %.2f %s", figure.name(), figure.median(), figure.unit()));
        return result;
    }

    private void say(String form, Object... values) {
        print.printf(form + "%n", values);
        print.flush();
    }
}
