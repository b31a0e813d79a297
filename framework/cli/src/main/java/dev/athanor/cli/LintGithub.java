package dev.athanor.cli;

import dev.athanor.lint.Finding;
import dev.athanor.lint.Severity;
import dev.athanor.plan.RevisionFinding;
import dev.athanor.run.LintReport;
import java.io.PrintStream;

/** Findings as commands of a GitHub workflow; waived ones are left out. */
final class LintGithub {
    private LintGithub() {}

    static void print(LintReport report, PrintStream out) {
        report.findings().stream()
                .filter(found -> !found.finding().waived())
                .map(LintGithub::command)
                .forEach(out::println);
    }

    private static String command(RevisionFinding found) {
        Finding finding = found.finding();
        String place = found.inClass()
                ? ""
                : "file=" + property(finding.place().file()) + ",line="
                        + finding.place().line() + ",";
        String message = (found.inClass() ? finding.place() + ": " : "")
                + finding.message()
                + (finding.safe().isBlank() ? "" : "\n\n" + finding.safe());
        return "::" + level(finding.severity()) + " " + place + "title="
                + property(finding.rule().id() + " " + finding.rule().title()) + "::" + data(message);
    }

    private static String level(Severity severity) {
        return severity == Severity.INFO ? "notice" : severity.key();
    }

    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }
}
