package dev.athanor.cli;

import dev.athanor.FailureKind;
import dev.athanor.run.CheckReport;
import dev.athanor.run.JsonForm;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Looks whether all is in order. */
@Command(
        name = "check",
        description = {
            "Look whether files and database are in order; for pipelines. Changes nothing.",
            "Drift is what somebody else has changed in the schema since the last run that changed something."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:All is in order.",
            "3:Revisions are pending or between phases, or the files have several heads.",
            "7:Drift, or an applied revision is in no file or has changed. Wins over 3."
        })
final class CheckCommand implements Callable<Integer> {
    private final AthanorCommand root;

    @Option(names = "--no-drift", description = "Do not compare the schema with what the last run left.")
    private boolean withoutDrift;

    CheckCommand(AthanorCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        Settings settings = root.settings();
        CheckReport report = Opened.with(
                root,
                settings,
                opened -> withoutDrift
                        ? opened.runner().checkRevisions()
                        : opened.runner().check());
        Result result = new Result(root.terminal(), settings);
        result.json(json -> {
            json.put("success", report.finding().isEmpty());
            json.putAll(JsonForm.of(report));
        });
        result.text(out -> Findings.of(report).forEach(out::println));
        return report.finding().map(FailureKind::exitCode).orElse(0);
    }
}
