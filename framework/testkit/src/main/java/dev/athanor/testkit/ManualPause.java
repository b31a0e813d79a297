package dev.athanor.testkit;

import dev.athanor.postgres.Pause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A pause that does not wait: it remembers what was asked for, and moves a clock by as much. Safe for use by several
 * threads.
 */
public final class ManualPause implements Pause {
    private final MutableClock clock;
    private final List<Duration> awaited = new ArrayList<>();
    private Runnable during = () -> {};

    /** Moves {@code clock} by each wait. */
    public ManualPause(MutableClock clock) {
        this.clock = clock;
    }

    /** What happens during each wait, such as the end of what is waited for. */
    public synchronized ManualPause during(Runnable action) {
        during = action;
        return this;
    }

    /** Returns at once. */
    @Override
    public void await(Duration duration) {
        Runnable action;
        synchronized (this) {
            awaited.add(duration);
            action = during;
        }
        clock.advance(duration);
        action.run();
    }

    /** The waits so far, in order. */
    public synchronized List<Duration> awaited() {
        return List.copyOf(awaited);
    }
}
