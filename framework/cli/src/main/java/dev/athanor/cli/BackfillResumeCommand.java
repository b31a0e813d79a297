package dev.athanor.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lets a backfill go on. */
@Command(
        name = "resume",
        description = "Take a pause or a cancellation of a backfill back. Starts no process: that is athanor resume.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Recorded, whether or not a process runs it now; or there was nothing to change.",
            "2:No such backfill, or several.",
            "8:It was not begun, or the state schema is of an older version."
        })
final class BackfillResumeCommand implements Callable<Integer> {
    private final AthanorCommand root;

    @Mixin
    private OrderOptions options = new OrderOptions();

    BackfillResumeCommand(AthanorCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        return options.give(root, (operations, id, reason) -> operations.resume(id, reason));
    }
}
