package dev.athanor.ledger;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;

/** Another process is at work; exit code 6. */
public final class LeaseHeldException extends AthanorException {
    private static final long serialVersionUID = 1L;

    private final transient LeaseHolder holder;

    LeaseHeldException(LeaseHolder holder) {
        super(
                FailureKind.LEASE_HELD,
                "lease_held",
                "Another process is migrating this database: " + holder.describe(),
                "Wait until it has finished (athanor status), or add --takeover when that process is known to be gone.");
        this.holder = holder;
    }

    /** Who holds it. */
    public LeaseHolder holder() {
        return holder;
    }
}
