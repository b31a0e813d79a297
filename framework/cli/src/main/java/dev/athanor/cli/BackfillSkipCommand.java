package dev.athanor.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Goes on behind rows that do not fit. */
@Command(
        name = "skip",
        description =
                "Set the rows aside at which ranges have failed, and go on behind them; when nobody runs the backfill, this process does. Ranges that failed for another reason stay as they are.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Done, or recorded for the process that runs it; or there was nothing to change.",
            "2:No such backfill, or several.",
            "4:The backfill failed again.",
            "5:Stopped at a clean checkpoint.",
            "6:Somebody may be at the contract of its revision.",
            "8:It is cancelled or was not begun, or it is too late."
        })
final class BackfillSkipCommand implements Callable<Integer> {
    private final AthanorCommand root;

    @Mixin
    private GoOn options = new GoOn();

    BackfillSkipCommand(AthanorCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        return options.give(root, (operations, id, reason) -> operations.skip(id, reason));
    }
}
