package dev.athanor.backfill;

import java.util.concurrent.atomic.AtomicBoolean;

/** A wish to stop at the next clean checkpoint. Once given it stays. Thread-safe. */
public final class StopSignal {
    private final AtomicBoolean requested = new AtomicBoolean();

    /** Asks the run to stop. */
    public void request() {
        requested.set(true);
    }

    /** Whether the run should stop. */
    public boolean isRequested() {
        return requested.get();
    }
}
