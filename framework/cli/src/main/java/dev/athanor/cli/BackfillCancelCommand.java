package dev.athanor.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Ends a backfill. */
@Command(
        name = "cancel",
        description =
                "End a backfill with all that it has done; the process that runs it ends at its next commit. Its revision cannot go on, until the backfill is resumed.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Recorded, whether or not a process runs it now; or there was nothing to change.",
            "2:No such backfill, or several.",
            "8:It is done or cancelled, was not begun, or the state schema is of an older version."
        })
final class BackfillCancelCommand implements Callable<Integer> {
    private final AthanorCommand root;

    @Mixin
    private OrderOptions options = new OrderOptions();

    BackfillCancelCommand(AthanorCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        return options.give(root, (operations, id, reason) -> operations.cancel(id, reason));
    }
}
