package dev.athanor.run;

import dev.athanor.lint.Finding;
import dev.athanor.lint.Severity;
import dev.athanor.plan.RevisionFinding;
import java.util.List;
import java.util.Map;

/** What lint has found as maps of plain values. */
final class LintJson {
    private LintJson() {}

    static Map<String, Object> of(LintReport report) {
        return JsonForm.object(
                "success", !report.refuses(),
                "pg_version", report.version().toString(),
                "online", report.online(),
                "revisions", report.revisions(),
                "errors", report.count(Severity.ERROR),
                "warnings", report.count(Severity.WARNING),
                "infos", report.count(Severity.INFO),
                "waived", report.waived(),
                "findings", findings(report.findings()));
    }

    private static List<Map<String, Object>> findings(List<RevisionFinding> findings) {
        return findings.stream().map(LintJson::finding).toList();
    }

    private static Map<String, Object> finding(RevisionFinding found) {
        Finding finding = found.finding();
        return JsonForm.object(
                "rule", finding.rule().id(),
                "severity", finding.severity().key(),
                "revision", found.revision(),
                "phase", found.phase().key(),
                "undo", found.undo(),
                "file", finding.place().file(),
                "line", finding.place().line(),
                "statement", finding.statement(),
                "lock", finding.lock() == null ? null : finding.lock().sql(),
                "table", finding.table() == null ? null : finding.table().quoted(),
                "message", finding.message(),
                "safe", finding.safe(),
                "waived", finding.waived(),
                "reason", finding.waiver() == null ? null : finding.waiver().reason());
    }
}
