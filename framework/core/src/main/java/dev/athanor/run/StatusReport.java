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
 * @param backfills every backfill of revisions between phases, and the finished ones of applied revisions
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

    /** What to do about every revision that is not as it should be. */
    public List<Remedy> remedies() {
        List<Remedy> remedies = new ArrayList<>();
        betweenPhases.stream()
                .filter(revision -> !unknown.contains(revision.revision()))
                .forEach(revision -> remedies.add(new Remedy(revision.revision(), Remedies.between(revision, true))));
        unknown.forEach(id -> remedies.add(new Remedy(id, Remedies.unknown())));
        changed.forEach(id -> remedies.add(new Remedy(id, Remedies.changed())));
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
     * A backfill.
     *
     * @param state {@code pending}, {@code running}, {@code stalled} (nobody holds the lease), {@code stopped}, {@code
     *     failed} or {@code done}
     * @param done rows walked so far
     * @param total rows that the table had when the backfill began, by the planner's estimate
     * @param changed rows changed so far
     * @param elapsed since it was begun, or until it was finished
     * @param reason why it stands still or failed; empty when there is nothing to say
     */
    public record BackfillProgress(
            String revision,
            String name,
            String table,
            String state,
            long done,
            long total,
            long changed,
            Duration elapsed,
            String reason) {
        /** Below this share of the table a rate says too little to foretell the end: 1 in 100. */
        private static final int SHARE = 100;

        /** Average since it was begun; null when it stands still. */
        public @Nullable Double rowsPerSecond() {
            boolean moves = state.equals("running") || state.equals("done");
            return moves && !elapsed.isZero() ? done * 1000.0 / elapsed.toMillis() : null;
        }

        /** Until its end at that rate; null when it does not run, or has hardly begun. */
        public @Nullable Duration eta() {
            Double rate = rowsPerSecond();
            if (rate == null || !state.equals("running") || done * SHARE < total) {
                return null;
            }
            return Duration.ofMillis((long) (Math.max(0, total - done) * 1000 / rate));
        }
    }

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
