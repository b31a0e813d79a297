package dev.athanor.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Operators' commands on backfills. */
@Command(
        name = "backfill",
        description = "Look at backfills, and command those that run, here or anywhere.",
        subcommands = {
            BackfillListCommand.class,
            BackfillShowCommand.class,
            BackfillPauseCommand.class,
            BackfillResumeCommand.class,
            BackfillSetCommand.class,
            BackfillRetryCommand.class,
            BackfillSkipCommand.class,
            BackfillCancelCommand.class,
            BackfillVerifyCommand.class
        })
final class BackfillCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(), "No command given");
        }
    }
}
