package dev.athanor.backfill;

import dev.athanor.ledger.BackfillLedger.StoredRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a range stands.
 *
 * @param number from 0
 * @param cursor done up to and with this key; null: nothing done
 * @param upper last key of the range
 * @param done whether it is finished
 * @param rowsWalked rows between the bounds of its committed chunks
 * @param rowsChanged rows that its statements changed
 */
public record RangeState(
        int number,
        @Nullable List<String> cursor,
        List<String> upper,
        boolean done,
        long rowsWalked,
        long rowsChanged) {

    static RangeState of(StoredRange range) {
        return new RangeState(
                range.number(), range.cursor(), range.upper(), range.done(), range.rowsWalked(), range.rowsChanged());
    }
}
