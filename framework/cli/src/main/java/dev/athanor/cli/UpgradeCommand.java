package dev.athanor.cli;

import dev.athanor.revision.Phase;
import dev.athanor.run.DryRunReport;
import dev.athanor.run.JsonForm;
import dev.athanor.run.LintMode;
import dev.athanor.run.UpgradeRequest;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs what is pending. */
@Command(name = "upgrade", description = "Run the pending revisions up to a target.")
final class UpgradeCommand implements Callable<Integer> {
    private final AthanorCommand root;

    @Parameters(paramLabel = "TARGET", description = "Id, its beginning, a label, head, heads, +N …")
    private String target = "";

    @Option(names = "--phase", paramLabel = "expand|backfill|contract", description = "Only this phase.")
    private @Nullable Phase phase;

    @Option(
            names = "--sql",
            description = "Print the SQL instead of running it; touches no database. TARGET may be FROM:TO.")
    private boolean sql;

    @Option(
            names = "--dry-run",
            description = "Show what would be run, its locks, rows and chunks; reads the database, changes nothing.")
    private boolean dryRun;

    @Option(
            names = "--no-lint",
            description =
                    "Do not lint what is going to be run (ATHANOR_LINT=off). By default errors that nothing excuses"
                            + " refuse the upgrade with exit code 8, and warnings are told.")
    private boolean noLint;

    @Option(names = "--yes", description = "For scripts; upgrade never asks.")
    private boolean yes;

    @Mixin
    private RunOptions options = new RunOptions();

    UpgradeCommand(AthanorCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        String wanted = Targets.unprotect(target);
        if (sql && dryRun) {
            throw UsageError.of("--sql touches no database and --dry-run reads one: give one of them", "upgrade");
        }
        if (dryRun) {
            return dryRun(new UpgradeRequest(wanted, phase));
        }
        if (sql) {
            return ScriptReport.print(root, scripts -> scripts.upgrade(wanted, phase));
        }
        return options.run(
                root,
                builder -> noLint ? builder.lint(LintMode.OFF) : builder,
                (runner, settings) -> runner.upgrade(new UpgradeRequest(wanted, phase)));
    }

    private int dryRun(UpgradeRequest request) {
        Settings settings = root.settings();
        DryRunReport report =
                Opened.with(root, settings, opened -> opened.runner().dryRun(request));
        Result result = new Result(root.terminal(), settings);
        result.json(json -> json.putAll(JsonForm.of(report)));
        result.text(out -> DryRunText.print(report, out));
        return 0;
    }
}
