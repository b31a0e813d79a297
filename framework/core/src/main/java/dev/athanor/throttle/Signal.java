package dev.athanor.throttle;

import java.time.Duration;
import reactor.core.publisher.Mono;

/**
 * Something that says how the database, or whatever else suffers from a backfill, is doing. Those that come with Athanor
 * are in {@link SignalKind}; one of your own is given to {@link ThrottleSettings.Builder#signal}.
 *
 * <p>At {@link #limit} work stands still at once. At three quarters of it the number of workers is halved, from a half on
 * they grow fewer, and below 0.3 of it they may grow. A signal that cannot be read counts as its limit after a grace time.
 */
public interface Signal {

    /** Name for people, such as {@code queue length}; unique among the signals of a backfill. */
    String name();

    /** Unit of its numbers, as it is written behind them; none by default. */
    default String unit() {
        return "";
    }

    /** Value, above zero, at which work stands still. */
    double limit();

    /** Time between two looks; half a second by default, which is also the shortest. */
    default Duration interval() {
        return SignalKind.TICK;
    }

    /**
     * Looks once. Cold, never blocks the subscribing thread; a look that takes longer than two seconds is given up.
     *
     * @return one number, 0 for "all is well"; an error or nothing at all means that it cannot be read
     */
    Mono<Double> read();

    /** The value for people, with the limit. */
    default String describe(double value) {
        return name() + " " + SignalUnit.plain(value) + unit() + " (limit " + SignalUnit.plain(limit()) + unit() + ")";
    }
}
