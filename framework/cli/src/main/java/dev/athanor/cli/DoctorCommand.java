package dev.athanor.cli;

import dev.athanor.FailureKind;
import dev.athanor.run.DoctorReport;
import dev.athanor.run.DoctorReport.Severity;
import dev.athanor.run.JsonForm;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Looks whether a database is fit for a run. */
@Command(
        name = "doctor",
        description =
                "Look whether the database, the rights on it and its ledger are fit for a run; each finding with its"
                        + " remedy. Changes nothing.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:Nothing to do.", "7:Something needs somebody: a warning or a problem."})
final class DoctorCommand implements Callable<Integer> {
    private final AthanorCommand root;

    DoctorCommand(AthanorCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        Settings settings = root.settings();
        DoctorReport report =
                Opened.with(root, settings, opened -> opened.runner().doctor());
        Result result = new Result(root.terminal(), settings);
        result.json(json -> {
            json.put("success", report.healthy());
            json.putAll(JsonForm.of(report));
        });
        result.text(out -> report.findings().forEach(finding -> {
            out.println(finding.severity().key() + ": " + finding.object() + " " + finding.finding());
            if (!finding.remedy().isEmpty() && finding.severity() != Severity.OK) {
                out.println("    " + finding.remedy());
            }
        }));
        return report.healthy() ? 0 : FailureKind.FINDING.exitCode();
    }
}
