package dev.athanor.schema;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * Exponential back-off with full jitter: the n-th delay is uniform between 0 and {@code base * 2^n}, at most
 * {@code cap}. Of several processes that were blocked by the same session, no two come back at once.
 *
 * @param base of the first delay
 * @param cap of any delay
 * @param jitter gives numbers from 0 to 1
 */
public record Backoff(Duration base, Duration cap, DoubleSupplier jitter) {
    /**
     * With ten tries about half a minute in all on average: longer than a server restart and than most transactions that
     * stand in the way.
     */
    public static final Backoff DEFAULT = new Backoff(
            Duration.ofMillis(500),
            Duration.ofSeconds(10),
            () -> ThreadLocalRandom.current().nextDouble());

    /** More doublings would pass any cap. */
    private static final int MOST_DOUBLINGS = 20;

    /** Delay after so many failed tries, counted from 1. */
    Duration delay(int failed) {
        long bound = base.toMillis() << Math.min(failed - 1, MOST_DOUBLINGS);
        return Duration.ofMillis((long) (Math.min(bound, cap.toMillis()) * jitter.getAsDouble()));
    }
}
