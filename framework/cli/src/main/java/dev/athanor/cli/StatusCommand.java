package dev.athanor.cli;

import dev.athanor.FailureKind;
import dev.athanor.run.StatusReport;
import dev.athanor.run.StatusReport.BackfillProgress;
import dev.athanor.run.StatusReport.LeaseView;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Where the database stands. */
@Command(name = "status", description = "Show where the database stands.")
final class StatusCommand implements Callable<Integer> {
    private final AthanorCommand root;

    @Option(names = "--check", description = "Exit with 3 when work is pending.")
    private boolean check;

    StatusCommand(AthanorCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        Settings settings = root.settings();
        StatusReport report =
                Opened.with(root, settings, opened -> opened.runner().status());
        Result result = new Result(root.terminal(), settings);
        result.json(json -> json(report, json));
        result.text(out -> text(report, out));
        return check && !report.pending().isEmpty() ? FailureKind.PENDING.exitCode() : 0;
    }

    private static void text(StatusReport report, PrintStream out) {
        out.println("applied heads: " + (report.heads().isEmpty() ? "(none)" : String.join(", ", report.heads())));
        out.println("pending: " + (report.pending().isEmpty() ? "(none)" : String.join(", ", report.pending())));
        report.betweenPhases()
                .forEach(revision -> out.println("between phases: " + revision.revision() + ", "
                        + (revision.finished() == null ? "begun" : revision.finished() + " done") + ", next is "
                        + revision.next()));
        if (!report.unknown().isEmpty()) {
            out.println("applied but in no file: " + String.join(", ", report.unknown())
                    + " (restore the file, or see that --migrations names all folders)");
        }
        if (!report.changed().isEmpty()) {
            out.println("changed since it was run: " + String.join(", ", report.changed())
                    + " (restore the file, and write the change as a revision of its own)");
        }
        LeaseView lease = report.lease();
        if (lease != null) {
            out.println("at work: '" + lease.owner() + "' on host '" + lease.host() + "' (pid " + lease.pid() + ") for "
                    + Durations.inWords(lease.age()) + ", last heartbeat "
                    + Durations.inWords(lease.heartbeatAge()) + " ago");
        }
        Table table = new Table("REVISION", "BACKFILL", "STATE", "DONE", "TOTAL", "ROWS/S", "ETA", "REASON");
        report.backfills().forEach(backfill -> row(table, backfill));
        if (!table.isEmpty()) {
            out.println();
            table.print(out);
        }
    }

    private static void row(Table table, BackfillProgress backfill) {
        Duration eta = eta(backfill);
        Double rate = rate(backfill);
        table.row(
                backfill.revision(),
                backfill.name(),
                backfill.state(),
                String.format(Locale.ROOT, "%,d", backfill.done()),
                String.format(Locale.ROOT, "%,d", backfill.total()),
                rate == null ? "" : String.format(Locale.ROOT, "%,.0f", rate),
                eta == null ? "" : Durations.inWords(eta),
                backfill.reason());
    }

    private static void json(StatusReport report, Map<String, Object> json) {
        json.put("heads", report.heads());
        json.put("pending", report.pending());
        json.put(
                "revisions",
                report.betweenPhases().stream()
                        .map(revision -> {
                            Map<String, Object> one = new LinkedHashMap<>();
                            one.put("id", revision.revision());
                            one.put("phase", revision.finished());
                            one.put("next", revision.next());
                            one.put("started_at", revision.startedAt().toString());
                            return one;
                        })
                        .toList());
        json.put("unknown", report.unknown());
        json.put("changed", report.changed());
        json.put(
                "backfills",
                report.backfills().stream().map(StatusCommand::json).toList());
        LeaseView lease = report.lease();
        if (lease == null) {
            json.put("lease", null);
        } else {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("owner", lease.owner());
            one.put("host", lease.host());
            one.put("pid", lease.pid());
            one.put("age_seconds", lease.age().toMillis() / 1000.0);
            one.put("heartbeat_age_seconds", lease.heartbeatAge().toMillis() / 1000.0);
            json.put("lease", one);
        }
    }

    private static Map<String, Object> json(BackfillProgress backfill) {
        Duration eta = eta(backfill);
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("revision", backfill.revision());
        one.put("name", backfill.name());
        one.put("table", backfill.table());
        one.put("state", backfill.state());
        one.put("done", backfill.done());
        one.put("total", backfill.total());
        one.put("changed", backfill.changed());
        one.put("rows_per_second", rate(backfill));
        one.put("eta_seconds", eta == null ? null : eta.toSeconds());
        one.put("reason", backfill.reason());
        return one;
    }

    /** Average since it was begun; a backfill that stands still has none. */
    private static @Nullable Double rate(BackfillProgress backfill) {
        boolean moves = backfill.state().equals("running") || backfill.state().equals("done");
        return moves && !backfill.elapsed().isZero()
                ? backfill.done() * 1000.0 / backfill.elapsed().toMillis()
                : null;
    }

    private static @Nullable Duration eta(BackfillProgress backfill) {
        Double rate = rate(backfill);
        if (rate == null || !backfill.state().equals("running") || backfill.done() * 100 < backfill.total()) {
            return null;
        }
        return Duration.ofMillis((long) (Math.max(0, backfill.total() - backfill.done()) * 1000 / rate));
    }
}
