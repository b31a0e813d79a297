package dev.athanor.ledger;

import dev.athanor.revision.Phase;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a revision has come.
 *
 * @param application differs each time the revision is applied anew
 * @param finished last finished phase; null while expand is unfinished
 * @param checksum of the revision as it was begun
 * @param actor who began it
 * @param startedAt when it was begun
 * @param expandedAt when expand was finished
 * @param backfilledAt when all backfills were finished
 * @param appliedAt when contract was finished
 * @param undoing whether a downgrade of it was begun
 * @param stamped whether it was set as applied without being run
 */
public record RevisionState(
        String id,
        long application,
        @Nullable Phase finished,
        String checksum,
        String actor,
        Instant startedAt,
        @Nullable Instant expandedAt,
        @Nullable Instant backfilledAt,
        @Nullable Instant appliedAt,
        boolean undoing,
        boolean stamped) {

    /** Whether all phases are done, and none is being undone. */
    public boolean applied() {
        return finished == Phase.CONTRACT && !undoing;
    }

    /** Whether this phase is done. */
    public boolean hasFinished(Phase phase) {
        return finished != null && finished.compareTo(phase) >= 0;
    }
}
