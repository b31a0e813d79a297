package dev.athanor.backfill;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.ledger.Control.Wish;
import dev.athanor.plan.Step.BackfillStep;

/** An operator has cancelled the backfill; all that was committed stays. */
public final class BackfillCancelledException extends AthanorException {
    private static final long serialVersionUID = 1L;

    BackfillCancelledException(BackfillStep step, long id, Wish cancellation) {
        super(
                FailureKind.STOPPED,
                "backfill_cancelled",
                "Backfill " + step.name() + " of revision " + step.revision() + " was cancelled by '"
                        + cancellation.by() + "'"
                        + (cancellation.reason().isEmpty() ? "." : ": " + cancellation.reason()),
                "To go on with it after all: athanor backfill resume " + id + ", then athanor resume");
    }
}
