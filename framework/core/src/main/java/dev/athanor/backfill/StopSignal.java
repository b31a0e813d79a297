package dev.athanor.backfill;

import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A wish to stop at the next clean checkpoint. Once given it stays. Thread-safe. */
public final class StopSignal {
    private final AtomicBoolean requested = new AtomicBoolean();
    private final Sinks.Empty<Void> sink = Sinks.empty();

    /** Asks the run to stop. */
    public void request() {
        if (requested.compareAndSet(false, true)) {
            sink.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST);
        }
    }

    /** Whether the run should stop. */
    public boolean isRequested() {
        return requested.get();
    }

    /** Completes as soon as a stop is requested. */
    public Mono<Void> whenRequested() {
        return sink.asMono();
    }
}
