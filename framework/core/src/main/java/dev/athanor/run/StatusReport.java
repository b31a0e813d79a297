package dev.athanor.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a database stands.
 *
 * @param heads applied revisions that no other applied one revises or depends on
 * @param pending revisions of the files that are not applied, in the order in which they would run
 * @param betweenPhases revisions that were begun and are not applied
 * @param unknown revisions of the ledger that no file has
 * @param changed applied revisions whose file has changed since
 * @param backfills every backfill of the ledger, and those of the files that were never begun
 * @param lease who works on the database now; null when nobody does
 */
public record StatusReport(
        List<String> heads,
        List<String> pending,
        List<RevisionProgress> betweenPhases,
        List<String> unknown,
        List<String> changed,
        List<BackfillProgress> backfills,
        @Nullable LeaseView lease) {
    public StatusReport {
        heads = List.copyOf(heads);
        pending = List.copyOf(pending);
        betweenPhases = List.copyOf(betweenPhases);
        unknown = List.copyOf(unknown);
        changed = List.copyOf(changed);
        backfills = List.copyOf(backfills);
    }

    /**
     * The same with one backfill only.
     *
     * @param backfill named as for {@link Operations}
     * @throws dev.athanor.AthanorException kind USAGE when that is none, or several
     */
    public StatusReport only(String backfill) {
        BackfillProgress one = new BackfillName(backfills).find(backfill);
        return new StatusReport(heads, pending, betweenPhases, unknown, changed, List.of(one), lease);
    }

    /** What to do about every revision that is not as it should be. */
    public List<Remedy> remedies() {
        List<Remedy> remedies = new ArrayList<>();
        betweenPhases.stream()
                .filter(revision -> !unknown.contains(revision.revision()))
                .forEach(revision -> remedies.add(new Remedy(revision.revision(), Remedies.between(revision, true))));
        unknown.forEach(id -> remedies.add(new Remedy(id, Remedies.unknown())));
        changed.forEach(id -> remedies.add(new Remedy(id, Remedies.changed())));
        backfills.stream()
                .filter(backfill -> !backfill.remedy().isEmpty())
                .forEach(backfill -> remedies.add(
                        new Remedy(backfill.revision(), "backfill " + backfill.name() + ": " + backfill.remedy())));
        return remedies;
    }

    /**
     * What to do about a revision.
     *
     * @param remedy the next command among it
     */
    public record Remedy(String revision, String remedy) {}

    /**
     * A revision that was begun.
     *
     * @param finished last finished phase, as {@code expand}, {@code backfill}, or null when not even expand is
     * @param next the phase that comes next; the one that is undone next, when it is being undone
     * @param undoing whether a downgrade of it was begun and is not finished
     * @param startedAt when it was begun
     */
    public record RevisionProgress(
            String revision, @Nullable String finished, String next, boolean undoing, Instant startedAt) {}

    /**
     * Who works on the database.
     *
     * @param owner actor
     * @param host machine
     * @param pid process
     * @param age since the lease was taken
     * @param heartbeatAge since it was last renewed
     */
    public record LeaseView(String owner, String host, long pid, Duration age, Duration heartbeatAge) {}
}
