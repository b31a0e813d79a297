package dev.athanor.backfill;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.backfill.RangeQueue.RangeFault;
import dev.athanor.plan.Step.BackfillStep;
import java.util.Collection;

/** A range of a backfill failed; all that was committed stays, and the backfill can be resumed. */
public final class BackfillFailedException extends AthanorException {
    private static final long serialVersionUID = 1L;

    private final int range;
    private final int ranges;

    BackfillFailedException(BackfillStep step, long id, Collection<RangeFault> faults) {
        this(step, id, faults.size(), faults.iterator().next());
    }

    private BackfillFailedException(BackfillStep step, long id, int count, RangeFault first) {
        super(
                FailureKind.FAILED,
                "backfill_failed",
                "Backfill " + step.name() + " of revision " + step.revision() + " (" + step.origin() + ") failed in "
                        + (count == 1 ? "" : count + " ranges, the first of them ") + "range "
                        + first.range().number() + ", " + place(first) + ": "
                        + first.cause().getMessage(),
                first.row() == null
                        ? "Mend the cause, then go on at the failed chunk with: athanor resume " + step.revision()
                        : "Mend the row, then: athanor resume " + step.revision()
                                + "; or set it aside: athanor backfill skip " + id,
                first.cause());
        this.range = first.range().number();
        this.ranges = count;
    }

    private static String place(RangeFault fault) {
        if (fault.row() != null) {
            return "at the row with key (" + String.join(", ", fault.row()) + ")";
        }
        return "in the chunk "
                + (fault.range().cursor() == null
                        ? "at its beginning"
                        : "after key (" + String.join(", ", fault.range().cursor()) + ")");
    }

    /** How many ranges have failed. */
    public int ranges() {
        return ranges;
    }

    /** The first range that failed, from 0. */
    public int range() {
        return range;
    }
}
