package dev.athanor.run;

import java.util.List;
import java.util.Locale;

/**
 * What was found by looking whether a database and its ledger are fit for a run.
 *
 * @param findings in the order in which they were looked for
 */
public record DoctorReport(List<Finding> findings) {
    public DoctorReport {
        findings = List.copyOf(findings);
    }

    /** Whether nothing was found that needs somebody. */
    public boolean healthy() {
        return findings.stream().noneMatch(finding -> finding.severity().compareTo(Severity.WARNING) >= 0);
    }

    /** How much it matters. */
    public enum Severity {
        /** As it should be. */
        OK,
        /** Worth knowing. */
        NOTE,
        /** Somebody should do something. */
        WARNING,
        /** A run would fail, or the ledger and the files do not tell the same. */
        PROBLEM;

        /** The name as it is printed: lower case. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One of them.
     *
     * @param object what it is about
     * @param finding what was seen
     * @param remedy the next command; empty when there is nothing to do
     */
    public record Finding(Severity severity, String object, String finding, String remedy) {}
}
