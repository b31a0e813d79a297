package dev.athanor.backfill;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.ledger.Fence;

/** Another process has taken the lease; this one has written nothing since and writes nothing more. */
public final class FencedOffException extends AthanorException {
    private static final long serialVersionUID = 1L;

    FencedOffException(String backfill, Fence fence) {
        super(
                FailureKind.LEASE_HELD,
                "fenced_off",
                "Another process has taken over backfill " + backfill + " (our fencing token " + fence.token()
                        + " is no longer the newest). Nothing was written since.",
                "See who works with: athanor status");
    }
}
