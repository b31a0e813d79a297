package dev.athanor.run;

import dev.athanor.lint.Finding;
import dev.athanor.lint.Severity;
import dev.athanor.plan.RevisionFinding;
import dev.athanor.run.TraceReport.StatementTrace;
import dev.athanor.sql.LockMode;
import dev.athanor.sql.QualifiedName;
import java.util.LinkedHashMap;
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

    static Map<String, Object> of(TraceReport report) {
        return JsonForm.object(
                "revision", report.revision(),
                "error", report.error(),
                "statements",
                        report.statements().stream().map(LintJson::statement).toList());
    }

    private static Map<String, Object> statement(StatementTrace trace) {
        Map<QualifiedName, LockMode> held = trace.locks();
        Map<String, Object> locks = new LinkedHashMap<>();
        if (held != null) {
            held.forEach((table, mode) -> locks.put(table.quoted(), mode.sql()));
        }
        return JsonForm.object(
                "section", trace.section(),
                "origin", trace.origin(),
                "statement", trace.sql(),
                "locks", held == null ? null : locks,
                "rewritten", names(trace.rewritten()),
                "indexes_rebuilt", names(trace.rebuilt()),
                "messages", trace.messages(),
                "error", trace.error(),
                "mismatches",
                        trace.mismatches().stream()
                                .map(mismatch ->
                                        JsonForm.object("worse", mismatch.worse(), "message", mismatch.message()))
                                .toList());
    }

    private static List<String> names(List<QualifiedName> names) {
        return names.stream().map(QualifiedName::quoted).toList();
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
