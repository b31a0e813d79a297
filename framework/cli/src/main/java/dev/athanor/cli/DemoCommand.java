package dev.athanor.cli;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A support desk, an application that uses it, and its upgrade. */
@Command(
        name = "demo",
        description =
                "On a PostgreSQL of our own: make a support desk, run an application on it, upgrade it meanwhile.")
final class DemoCommand implements Callable<Integer> {
    private final AthanorCommand root;

    @Option(names = "--rows", paramLabel = "N", description = "Tickets to make. Default: 1000000.")
    private long rows = 1_000_000;

    @Option(names = "--keep", description = "Keep the database at the end, to look at.")
    private boolean keep;

    DemoCommand(AthanorCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        if (rows < 1) {
            throw new AthanorException(
                    FailureKind.USAGE,
                    "usage",
                    "--rows is " + rows + "; it must be at least 1.",
                    "See: athanor demo --help");
        }
        Settings settings = root.settings();
        return new Demo(root, settings, new DemoFolder(Path.of(".athanor", "demo"))).run(rows, keep);
    }
}
