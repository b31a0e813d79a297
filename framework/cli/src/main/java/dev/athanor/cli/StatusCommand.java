package dev.athanor.cli;

import dev.athanor.FailureKind;
import dev.athanor.run.JsonForm;
import dev.athanor.run.StatusReport;
import dev.athanor.run.StatusReport.BackfillProgress;
import dev.athanor.run.StatusReport.LeaseView;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
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
        result.json(json -> json.putAll(JsonForm.of(report)));
        result.text(out -> text(report, out));
        return check && !report.pending().isEmpty() ? FailureKind.PENDING.exitCode() : 0;
    }

    private static void text(StatusReport report, PrintStream out) {
        out.println("applied heads: " + (report.heads().isEmpty() ? "(none)" : String.join(", ", report.heads())));
        out.println("pending: " + (report.pending().isEmpty() ? "(none)" : String.join(", ", report.pending())));
        Findings.ofRevisions(report.betweenPhases(), report.unknown(), report.changed())
                .forEach(out::println);
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
        Duration eta = backfill.eta();
        Double rate = backfill.rowsPerSecond();
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
}
