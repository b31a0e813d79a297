package dev.athanor.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tries again what failed. */
@Command(
        name = "retry",
        description =
                "Try failed ranges again, or rows that were set aside; when nobody runs the backfill, this process does.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Done, or recorded for the process that runs it; or there was nothing to change.",
            "2:No such backfill, or several.",
            "4:The backfill failed again.",
            "5:Stopped at a clean checkpoint.",
            "6:Somebody may be at the contract of its revision.",
            "8:It is cancelled or was not begun, or it is too late."
        })
final class BackfillRetryCommand implements Callable<Integer> {
    private final AthanorCommand root;

    @Option(names = "--quarantined", description = "The rows that were set aside, not the ranges that failed.")
    private boolean quarantined;

    @Mixin
    private GoOn options = new GoOn();

    BackfillRetryCommand(AthanorCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        return options.give(root, (operations, id, reason) -> operations.retry(id, quarantined, reason));
    }
}
