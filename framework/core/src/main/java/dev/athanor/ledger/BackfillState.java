package dev.athanor.ledger;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a backfill has come.
 *
 * @param ordinal index of its section in the revision
 * @param name as in the revision
 * @param state {@code running}, {@code stopped}, {@code failed} or {@code done}
 * @param rowsEstimated when it began
 * @param rowsWalked so far
 * @param rowsChanged so far
 * @param ranges how many there are
 * @param rangesDone of them
 * @param table that is walked, quoted
 * @param elapsed since it was begun, until now or until it was finished
 * @param checksum of its statement; null when it was not kept
 * @param error last error of a range that is not done; empty when there is none
 * @param key columns by which it is walked; {@code ctid} when block by block
 */
public record BackfillState(
        int ordinal,
        String name,
        String state,
        long rowsEstimated,
        long rowsWalked,
        long rowsChanged,
        int ranges,
        int rangesDone,
        String table,
        Duration elapsed,
        String error,
        @Nullable String checksum,
        List<String> key) {
    public BackfillState {
        key = List.copyOf(key);
    }

    /** Whether every range is done. */
    public boolean done() {
        return ranges == rangesDone && "done".equals(state);
    }
}
