package dev.athanor.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Goes on. */
@Command(name = "resume", description = "Go on with what failed, was stopped or was killed.")
final class ResumeCommand implements Callable<Integer> {
    private final AthanorCommand root;

    @Parameters(paramLabel = "REVISION", arity = "0..1", description = "Only this revision. Default: all.")
    private @Nullable String revision;

    @Mixin
    private RunOptions options = new RunOptions();

    ResumeCommand(AthanorCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        return options.run(root, (runner, settings) -> runner.resume(revision));
    }
}
