package dev.athanor.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sets what is applied. */
@Command(
        name = "stamp",
        description =
                "Set the applied revisions without running them. A target takes the place of what is applied above"
                        + " and below it; other branches stay.")
final class StampCommand implements Callable<Integer> {
    private final AthanorCommand root;

    @Parameters(
            paramLabel = "TARGET",
            arity = "1..*",
            description = "Ids, labels, head, heads, base. With --sql: one, or FROM:TO.")
    private List<String> targets = List.of();

    @Option(names = "--purge", description = "Begin with nothing applied; forgets revisions that are in no file, too.")
    private boolean purge;

    @Option(names = "--sql", description = "Print the SQL instead of running it; touches no database.")
    private boolean sql;

    @Mixin
    private RunOptions options = new RunOptions();

    StampCommand(AthanorCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        List<String> wanted = targets.stream().map(Targets::unprotect).toList();
        if (!sql) {
            return options.run(root, (runner, settings) -> runner.stamp(wanted, purge));
        }
        if (wanted.size() > 1 || purge) {
            throw UsageError.of("stamp --sql takes one target or FROM:TO, and no --purge", "stamp");
        }
        return ScriptReport.print(root, scripts -> scripts.stamp(wanted.get(0)));
    }
}
