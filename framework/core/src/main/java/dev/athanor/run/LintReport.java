package dev.athanor.run;

import dev.athanor.lint.LintSettings;
import dev.athanor.lint.PgVersion;
import dev.athanor.lint.Severity;
import dev.athanor.plan.RevisionFinding;
import dev.athanor.plan.RevisionLinter;
import dev.athanor.source.RevisionDefinition;
import java.util.List;
import java.util.Map;

/**
 * What lint has found.
 *
 * @param version for which it looked
 * @param online whether it knew the database
 * @param revisions those it looked at
 * @param findings in the order of the revisions and of what they run, waived ones included
 */
public record LintReport(PgVersion version, boolean online, List<String> revisions, List<RevisionFinding> findings) {
    public LintReport {
        revisions = List.copyOf(revisions);
        findings = List.copyOf(findings);
    }

    static LintReport offline(
            List<RevisionDefinition> revisions, Map<String, String> placeholders, LintSettings settings) {
        RevisionLinter linter = new RevisionLinter(settings, placeholders);
        return new LintReport(
                settings.version(),
                false,
                revisions.stream().map(RevisionDefinition::id).toList(),
                revisions.stream()
                        .flatMap(revision -> linter.lint(revision).stream())
                        .toList());
    }

    /** Findings of a severity that nothing excuses. */
    public long count(Severity severity) {
        return findings.stream()
                .filter(found -> !found.finding().waived() && found.finding().severity() == severity)
                .count();
    }

    /** Findings that a waiver with a reason excuses. */
    public long waived() {
        return findings.stream().filter(found -> found.finding().waived()).count();
    }

    /** Whether any of them stands in the way of a run. */
    public boolean refuses() {
        return findings.stream().anyMatch(found -> found.finding().refuses());
    }
}
