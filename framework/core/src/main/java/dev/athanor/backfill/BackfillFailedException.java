package dev.athanor.backfill;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.ledger.BackfillLedger.StoredRange;
import dev.athanor.plan.Step.BackfillStep;

/** A range of a backfill failed; all that was committed stays, and the backfill can be resumed. */
public final class BackfillFailedException extends AthanorException {
    private static final long serialVersionUID = 1L;

    private final int range;

    BackfillFailedException(BackfillStep step, StoredRange range, Throwable cause) {
        super(
                FailureKind.FAILED,
                "backfill_failed",
                "Backfill " + step.name() + " of revision " + step.revision() + " (" + step.origin()
                        + ") failed in range " + range.number() + ", in the chunk "
                        + (range.cursor() == null
                                ? "at its beginning"
                                : "after key (" + String.join(", ", range.cursor()) + ")")
                        + ": " + cause.getMessage(),
                "Mend the cause, then go on at the failed chunk with: athanor resume " + step.revision(),
                cause);
        this.range = range.number();
    }

    /** The range that failed, from 0. */
    public int range() {
        return range;
    }
}
