package dev.athanor.ledger;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.ledger.Control.Wish;

/** A backfill was cancelled by an operator, and nothing is done with it until it is resumed; exit code 8. */
public final class BackfillHeldException extends AthanorException {
    private static final long serialVersionUID = 1L;

    /**
     * @param id of the backfill in the ledger
     * @param cancellation who cancelled it, and why
     */
    public BackfillHeldException(long id, String name, String revision, Wish cancellation) {
        super(
                FailureKind.REFUSED,
                "backfill_cancelled",
                "Backfill " + name + " of revision " + revision + " was cancelled by '" + cancellation.by() + "'"
                        + (cancellation.reason().isEmpty() ? "." : ": " + cancellation.reason()),
                "To go on with it after all: athanor backfill resume " + id);
    }
}
