package dev.athanor.backfill;

import dev.athanor.ledger.Control;
import dev.athanor.throttle.BudgetState;
import java.time.Duration;
import java.util.List;

/** What a running backfill tells its listeners; what concerns one range comes in the order in which it happened there. */
public sealed interface BackfillEvent {

    /** Id of the backfill in the ledger. */
    long backfillId();

    /** What concerns one range. */
    sealed interface OfRange extends BackfillEvent {
        /** Number of the range, from 0. */
        int range();
    }

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
            implements OfRange {
        public ChunkCommitted {
            cursor = List.copyOf(cursor);
        }
    }

    /**
     * A chunk met a passing fault and will be tried again.
     *
     * @param sqlState of the fault; empty when the server gave none
     * @param cause what happened, for people
     * @param attempt tries so far
     * @param delay how long the range waits before the next
     */
    record ChunkRetried(long backfillId, int range, String sqlState, String cause, long attempt, Duration delay)
            implements OfRange {}

    /**
     * A chunk failed and is tried again with fewer rows: after a statement timeout, or to find the row that does not fit.
     *
     * @param sqlState of the failure
     * @param cause what happened, for people
     * @param rows of the next chunk of this range
     */
    record ChunkShrunk(long backfillId, int range, String sqlState, String cause, int rows) implements OfRange {}

    /**
     * A row was set aside, because its data does not fit.
     *
     * @param key its key
     * @param sqlState why
     * @param message why, in the server's words
     */
    record RowQuarantined(long backfillId, int range, List<String> key, String sqlState, String message)
            implements OfRange {
        public RowQuarantined {
            key = List.copyOf(key);
        }
    }

    /**
     * A row that was set aside has been changed after all.
     *
     * @param rowsChanged 1, or 0 when the statement does not concern it any more
     */
    record RowReleased(long backfillId, int range, List<String> key, long rowsChanged) implements OfRange {
        public RowReleased {
            key = List.copyOf(key);
        }
    }

    /** The range is done. */
    record RangeFinished(long backfillId, int range) implements OfRange {}

    /**
     * The range ended by an error that no retry mends; the other ranges go on.
     *
     * @param error for people
     */
    record RangeFailed(long backfillId, int range, String error) implements OfRange {}

    /** The budget allows something else than before, or for another reason. */
    record BudgetChanged(long backfillId, BudgetState state) implements BackfillEvent {}

    /** An operator's command has been obeyed; this is what is wished now. */
    record ControlChanged(long backfillId, Control control) implements BackfillEvent {
        /** Whether an operator holds the backfill still. */
        public boolean paused() {
            return control.pause() != null;
        }
    }

    /**
     * About once a second while the backfill runs, waits or is paused, also when the server is away.
     *
     * @param rowsPerSecond smoothed over about ten seconds; pauses do not count
     * @param paused whether an operator holds it still
     * @param state what the budget allows now, with fresh readings
     */
    record Beat(long backfillId, double rowsPerSecond, boolean paused, BudgetState state) implements BackfillEvent {}

    /**
     * The table was vacuumed between chunks, unless somebody else held it: then the server has stepped aside.
     *
     * @param rowsWalked since the VACUUM before
     */
    record Vacuumed(long backfillId, long rowsWalked, Duration duration) implements BackfillEvent {}

    /**
     * The table is not vacuumed between chunks although that is wished; told once in a run.
     *
     * @param table quoted
     * @param cause why, for people
     */
    record Unvacuumed(long backfillId, String table, String cause) implements BackfillEvent {}
}
