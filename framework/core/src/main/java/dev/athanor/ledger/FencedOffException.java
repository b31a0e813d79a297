package dev.athanor.ledger;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;

/** Another process has taken the lease; whatever was about to be written was not written. */
public final class FencedOffException extends AthanorException {
    private static final long serialVersionUID = 1L;

    private final long ours;

    /** @param fence the token that is no longer the newest */
    public FencedOffException(Fence fence) {
        super(
                FailureKind.LEASE_HELD,
                "fenced_off",
                "Another process has taken the lease over (ours had token " + fence.token()
                        + "); nothing more was written by this one",
                "Run athanor status to see who works now.");
        this.ours = fence.token();
    }

    /** The token that is no longer the newest. */
    public long ours() {
        return ours;
    }
}
