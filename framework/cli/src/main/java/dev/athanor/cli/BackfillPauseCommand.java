package dev.athanor.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Holds a backfill. */
@Command(
        name = "pause",
        description =
                "Let no chunk of a backfill begin until it is resumed. It stays paused when its process ends and another goes on.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Recorded, whether or not a process runs it now; or there was nothing to change.",
            "2:No such backfill, or several.",
            "8:It is done or cancelled, was not begun, or the state schema is of an older version."
        })
final class BackfillPauseCommand implements Callable<Integer> {
    private final AthanorCommand root;

    @Mixin
    private OrderOptions options = new OrderOptions();

    BackfillPauseCommand(AthanorCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        return options.give(root, (operations, id, reason) -> operations.pause(id, reason));
    }
}
