package dev.athanor.cli;

import dev.athanor.lint.Finding;
import dev.athanor.lint.Severity;
import dev.athanor.plan.RevisionFinding;
import dev.athanor.run.LintReport;
import java.io.PrintStream;

/** Findings for people: a paragraph each, and a line of totals. */
final class LintText {
    private LintText() {}

    static void print(LintReport report, PrintStream out) {
        report.findings().forEach(found -> paragraph(found, out));
        out.println(total(report));
    }

    private static void paragraph(RevisionFinding found, PrintStream out) {
        Finding finding = found.finding();
        out.println(finding.place() + ": " + (finding.waived() ? "waived " : "")
                + finding.severity().key() + " " + finding.rule().id() + ": "
                + finding.rule().title() + (found.undo() ? ", in undo" : ""));
        indent("", finding.statement(), out);
        String lock = finding.lock() == null ? "" : finding.lock().sql() + " lock" + on(finding) + ": ";
        indent("-> ", lock + finding.message(), out);
        if (finding.waiver() != null) {
            indent("waived: ", finding.waiver().reason(), out);
        } else if (!finding.safe().isBlank()) {
            out.println("    safe:");
            indent("  ", finding.safe(), out);
        }
        out.println();
    }

    private static String on(Finding finding) {
        return finding.table() == null ? "" : " on " + finding.table();
    }

    private static void indent(String first, String text, PrintStream out) {
        String[] lines = text.strip().split("\\R", -1);
        for (int i = 0; i < lines.length; i++) {
            out.println(("    " + (i == 0 ? first : " ".repeat(first.length())) + lines[i]).stripTrailing());
        }
    }

    static String total(LintReport report) {
        return count(report.count(Severity.ERROR), "error") + ", " + count(report.count(Severity.WARNING), "warning")
                + ", " + report.count(Severity.INFO) + " for information, " + report.waived() + " waived; "
                + count(report.revisions().size(), "revision")
                + " for PostgreSQL " + report.version()
                + (report.online() ? ", sizes of the connected database" : ", without a database");
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
