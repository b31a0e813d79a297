package dev.athanor.backfill;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.plan.Step.BackfillStep;

/** A backfill that would be unsafe or endlessly slow; nothing was changed. */
public final class BackfillRefusedException extends AthanorException {
    private static final long serialVersionUID = 1L;

    BackfillRefusedException(BackfillStep step, String code, String reason, String hint) {
        super(
                FailureKind.REFUSED,
                code,
                "Backfill " + step.name() + " of revision " + step.revision() + " (" + step.origin() + "): " + reason,
                hint);
    }
}
