package dev.athanor.run;

import dev.athanor.backfill.StopSignal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Stops a run at a clean checkpoint when its time is over, and remembers why. */
final class Deadline {
    private final Clock clock;
    private final ScheduledExecutorService timers;
    private final StopSignal stop;
    private final AtomicReference<@Nullable String> passed = new AtomicReference<>();

    Deadline(Clock clock, ScheduledExecutorService timers, StopSignal stop) {
        this.clock = clock;
        this.timers = timers;
        this.stop = stop;
    }

    /**
     * Asks the run to stop at that moment, at once when it is over.
     *
     * @param what whose deadline it is, as a sentence begins
     * @return ends the waiting
     */
    Runnable at(Instant when, String what) {
        long millis = Math.max(0, Duration.between(clock.instant(), when).toMillis());
        if (millis == 0) {
            pass(when, what);
            return () -> {};
        }
        ScheduledFuture<?> timer = timers.schedule(() -> pass(when, what), millis, TimeUnit.MILLISECONDS);
        return () -> timer.cancel(false);
    }

    private void pass(Instant when, String what) {
        passed.compareAndSet(
                null,
                what + " (" + when + ") has passed: the run has stopped at a clean checkpoint."
                        + " Go on with: athanor resume");
        stop.request();
    }

    /** Why the run was stopped; empty when no deadline has passed. */
    Optional<String> passed() {
        return Optional.ofNullable(passed.get());
    }
}
