package dev.athanor.backfill;

import dev.athanor.ledger.BackfillLedger.StoredRange;
import dev.athanor.plan.Step.BackfillStep;
import java.util.List;

/** A backfill with its ranges in the ledger and its guards passed, ready to run. */
public final class PreparedBackfill {
    private final long id;
    private final BackfillStep step;
    private final Walk walk;
    private final List<StoredRange> stored;
    private final long rowsEstimated;

    PreparedBackfill(long id, BackfillStep step, Walk walk, List<StoredRange> stored, long rowsEstimated) {
        this.id = id;
        this.step = step;
        this.walk = walk;
        this.stored = List.copyOf(stored);
        this.rowsEstimated = rowsEstimated;
    }

    /** Id in the ledger. */
    public long id() {
        return id;
    }

    /** What is run. */
    public BackfillStep step() {
        return step;
    }

    /** Every range as it stood when the backfill was prepared; none for an empty table. */
    public List<RangeState> ranges() {
        return stored.stream().map(RangeState::of).toList();
    }

    /** The planner's estimate of the table's rows when the backfill began. */
    public long rowsEstimated() {
        return rowsEstimated;
    }

    Walk walk() {
        return walk;
    }

    List<StoredRange> stored() {
        return stored;
    }
}
