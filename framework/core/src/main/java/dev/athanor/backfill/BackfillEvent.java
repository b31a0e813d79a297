package dev.athanor.backfill;

import java.time.Duration;
import java.util.List;

/** What a running backfill tells its listeners, in the order in which it happened per range. */
public sealed interface BackfillEvent {

    /** Id of the backfill in the ledger. */
    long backfillId();

    /** Number of the range, from 0. */
    int range();

    /**
     * A chunk is durable.
     *
     * @param cursor the range is done up to and with this key
     * @param rowsWalked rows between the chunk's bounds
     * @param rowsChanged rows that the statement changed
     * @param statement run time of the user statement alone
     */
    record ChunkCommitted(
            long backfillId, int range, List<String> cursor, long rowsWalked, long rowsChanged, Duration statement)
            implements BackfillEvent {
        public ChunkCommitted {
            cursor = List.copyOf(cursor);
        }
    }

    /**
     * A chunk met a passing fault and will be tried again.
     *
     * @param cause what happened, for people
     * @param attempt tries so far
     * @param delay how long the range waits before the next
     */
    record ChunkRetried(long backfillId, int range, String cause, long attempt, Duration delay)
            implements BackfillEvent {}

    /** The range is done. */
    record RangeFinished(long backfillId, int range) implements BackfillEvent {}

    /**
     * The range ended by an error that no retry mends; the other ranges go on to their next commit.
     *
     * @param error for people
     */
    record RangeFailed(long backfillId, int range, String error) implements BackfillEvent {}
}
