package dev.athanor.cli;

import dev.athanor.FailureKind;
import dev.athanor.run.JsonForm;
import dev.athanor.run.StatusReport;
import dev.athanor.run.StatusReport.LeaseView;
import java.io.PrintStream;
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
        BackfillText.remedies(report.backfills()).forEach(out::println);
        Table table = BackfillText.table(report.backfills());
        if (!table.isEmpty()) {
            out.println();
            table.print(out);
        }
    }
}
