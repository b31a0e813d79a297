package dev.athanor.throttle;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * A hard cap on rows a second over all workers: each chunk books its rows on a time line, and the next one begins when that
 * time is over (generic cell rate, without burst). In any stretch of time no more than its share plus one chunk is let through.
 */
final class RowRate {
    /** No chunk may be worth more than this much time, or the cap would only hold on average over long stretches. */
    private static final double LARGEST_SHARE_SECONDS = 0.25;

    /** A timer that rings late costs no rows, up to this; it is as late as a busy machine makes it. */
    private static final Duration LATENESS = Duration.ofMillis(50);

    private final long rowsPerSecond;
    private Instant free;
    private boolean awaited;

    RowRate(long rowsPerSecond, Clock clock) {
        this(rowsPerSecond, clock.instant());
    }

    private RowRate(long rowsPerSecond, Instant free) {
        if (rowsPerSecond < 1) {
            throw new IllegalArgumentException("max-rows-per-second must be at least 1, not " + rowsPerSecond);
        }
        this.rowsPerSecond = rowsPerSecond;
        this.free = free;
    }

    /** Another cap from now on; rows that are booked and not yet due stay booked, at the new price. */
    synchronized RowRate at(long changed, Instant now) {
        Duration owed = untilFree(now);
        Duration price = Duration.ofNanos((long) (owed.toNanos() * ((double) rowsPerSecond / changed)));
        return new RowRate(changed, now.plus(price));
    }

    /** The most rows that one chunk may book. */
    int largestChunk() {
        return largestChunk(rowsPerSecond);
    }

    /** The most rows that one chunk may book under this cap. */
    static int largestChunk(long rowsPerSecond) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, rowsPerSecond * LARGEST_SHARE_SECONDS));
    }

    /** How long the next chunk must wait. */
    synchronized Duration untilFree(Instant now) {
        boolean wait = free.isAfter(now);
        awaited |= wait;
        return wait ? Duration.between(now, free) : Duration.ZERO;
    }

    /** A chunk begins now. */
    synchronized void book(long rows, Instant now) {
        Instant earliest = awaited ? now.minus(LATENESS) : now;
        Instant start = free.isAfter(earliest) ? free : earliest;
        free = start.plus(time(rows));
        awaited = false;
    }

    /** Gives back rows that were booked and not walked; below zero, books rows that were walked and not booked. */
    synchronized void giveBack(long rows) {
        free = free.minus(time(rows));
    }

    private Duration time(long rows) {
        return Duration.ofNanos((long) (rows * 1e9 / rowsPerSecond));
    }
}
