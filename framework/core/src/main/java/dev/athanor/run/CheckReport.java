package dev.athanor.run;

import dev.athanor.FailureKind;
import dev.athanor.catalog.SchemaDifference;
import dev.athanor.run.StatusReport.RevisionProgress;
import java.util.List;
import java.util.Optional;

/**
 * What is not as it should be. Every list holds findings; a database where all are empty is in order.
 *
 * @param pending revisions of the files that are not applied, in the order in which they would run
 * @param heads heads of the files, when there are several; else empty
 * @param betweenPhases revisions that were begun, or begun to be undone, and are not finished
 * @param unknown revisions of the ledger that no file has
 * @param changed applied revisions whose file has changed since
 * @param drift objects that somebody else has changed since the newest run of Athanor
 * @param notes why drift was not told, when it was not; no findings
 */
public record CheckReport(
        List<String> pending,
        List<String> heads,
        List<RevisionProgress> betweenPhases,
        List<String> unknown,
        List<String> changed,
        List<SchemaDifference> drift,
        List<String> notes) {
    public CheckReport {
        pending = List.copyOf(pending);
        heads = List.copyOf(heads);
        betweenPhases = List.copyOf(betweenPhases);
        unknown = List.copyOf(unknown);
        changed = List.copyOf(changed);
        drift = List.copyOf(drift);
        notes = List.copyOf(notes);
    }

    /**
     * The gravest finding: {@link FailureKind#FINDING} when the database is not what the files make of it (drift, unknown
     * or changed revisions), else {@link FailureKind#PENDING} when there is something to do; empty when all is in order.
     */
    public Optional<FailureKind> finding() {
        if (!drift.isEmpty() || !unknown.isEmpty() || !changed.isEmpty()) {
            return Optional.of(FailureKind.FINDING);
        }
        boolean inOrder = pending.isEmpty() && heads.isEmpty() && betweenPhases.isEmpty();
        return inOrder ? Optional.empty() : Optional.of(FailureKind.PENDING);
    }
}
