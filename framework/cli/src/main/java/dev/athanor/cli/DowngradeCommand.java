package dev.athanor.cli;

import dev.athanor.revision.RevisionPlan;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Undoes what is applied. */
@Command(
        name = "downgrade",
        description = "Undo what stands on a target, newest first, by the undo sections of its revisions.")
final class DowngradeCommand implements Callable<Integer> {
    private final AthanorCommand root;

    @Parameters(paramLabel = "TARGET", description = "What stays applied: an id, -1, base … With --sql: FROM:TO.")
    private String target = "";

    @Option(names = "--sql", description = "Print the SQL instead of running it; touches no database.")
    private boolean sql;

    @Option(names = "--yes", description = "Do it without asking.")
    private boolean yes;

    @Mixin
    private RunOptions options = new RunOptions();

    DowngradeCommand(AthanorCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        String wanted = Targets.unprotect(target);
        if (sql) {
            return ScriptReport.print(root, scripts -> scripts.downgrade(wanted));
        }
        return options.run(root, (runner, settings) -> {
            if (!yes) {
                RevisionPlan plan = runner.planDowngrade(wanted);
                if (!plan.isEmpty()) {
                    Confirmation.require(
                            root,
                            settings,
                            "The downgrade undoes " + String.join(", ", plan.ids())
                                    + "; what their undo sections drop is lost.");
                }
            }
            return runner.downgrade(wanted);
        });
    }
}
