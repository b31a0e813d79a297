package dev.athanor.cli;

import dev.athanor.FailureKind;
import dev.athanor.ledger.LeaseHeldException;
import dev.athanor.run.BackfillProgress;
import dev.athanor.run.JsonForm;
import dev.athanor.run.MigrationRunner;
import dev.athanor.run.Operations.Commanded;
import dev.athanor.run.RunResult;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of the commands after which there is work: whoever runs the backfill does it, else this very process. */
final class GoOn {
    @Option(names = "--no-run", description = "Only record it; a later run does the work.")
    private boolean noRun;

    @Mixin
    private OrderOptions order = new OrderOptions();

    @Mixin
    private RunOptions options = new RunOptions();

    private record Ended(Commanded commanded, @Nullable RunResult run) {}

    /** Gives the command and goes on with the backfill when nobody else does; the exit code. */
    int give(AthanorCommand root, OrderOptions.Order given) {
        Settings settings = root.settings();
        Ended ended = options.with(root, settings, order::by, runner -> {
            Commanded commanded = order.give(runner.operations(), given);
            RunResult run = goOn(runner, commanded);
            return run == null ? new Ended(commanded, null) : new Ended(after(runner, commanded), run);
        });
        RunResult run = ended.run();
        boolean stopped = run != null && run.stopped();
        Result result = new Result(root.terminal(), settings);
        result.json(json -> {
            json.put("success", !stopped);
            OrderOptions.json(ended.commanded(), json);
            json.put("run", run == null ? null : JsonForm.of(run));
            if (stopped) {
                json.put("error", RunReport.stopped("Go on with: athanor resume"));
            }
        });
        result.text(out -> {
            if (run == null) {
                OrderOptions.text(ended.commanded(), out);
            } else {
                OrderOptions.change(ended.commanded(), out);
                RunReport.text(run, out);
            }
        });
        return stopped ? FailureKind.STOPPED.exitCode() : 0;
    }

    private static Commanded after(MigrationRunner runner, Commanded commanded) {
        String id = String.valueOf(commanded.backfill().id());
        return new Commanded(runner.operations().find(id), commanded.command(), commanded.attended());
    }

    private @Nullable RunResult goOn(MigrationRunner runner, Commanded commanded) {
        boolean paused = commanded.backfill().standing() == BackfillProgress.State.PAUSED;
        if (noRun || paused || commanded.attended() || !commanded.command().given()) {
            return null;
        }
        try {
            return runner.operations().goOn(commanded.backfill());
        } catch (LeaseHeldException e) {
            // somebody was faster, and does what is recorded
            return null;
        }
    }
}
