package dev.athanor.examples.application;

/** Hears of requests as they end. Called by several threads. */
@FunctionalInterface
public interface RequestListener {

    /**
     * A request has ended, well or not.
     *
     * @param version whose it was
     * @param dueNanos when it was due, on the clock of {@link System#nanoTime}
     * @param nanos from then to its end
     */
    void ended(String version, long dueNanos, long nanos);
}
