package dev.athanor.throttle;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * A hard cap on rows a second over all workers: each chunk books its rows on a time line and waits until its turn
 * (generic cell rate, without burst). In any stretch of time no more than its share plus one chunk is let through.
 */
final class RowRate {
    /** No chunk may be worth more than this much time, or the cap would only hold on average over long stretches. */
    private static final double LARGEST_SHARE_SECONDS = 0.25;

    private final long rowsPerSecond;
    private final Clock clock;
    private Instant free;

    RowRate(long rowsPerSecond, Clock clock) {
        if (rowsPerSecond < 1) {
            throw new IllegalArgumentException("max-rows-per-second must be at least 1, not " + rowsPerSecond);
        }
        this.rowsPerSecond = rowsPerSecond;
        this.clock = clock;
        this.free = clock.instant();
    }

    /** The most rows that one chunk may book. */
    int largestChunk() {
        return largestChunk(rowsPerSecond);
    }

    /** The most rows that one chunk may book under this cap. */
    static int largestChunk(long rowsPerSecond) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, rowsPerSecond * LARGEST_SHARE_SECONDS));
    }

    /** Books rows; how long the caller must wait before it may begin. */
    synchronized Duration book(long rows) {
        Instant now = clock.instant();
        Instant start = free.isAfter(now) ? free : now;
        free = start.plus(time(rows));
        return Duration.between(now, start);
    }

    /** Gives back rows that were booked and not walked; below zero, books rows that were walked and not booked. */
    synchronized void giveBack(long rows) {
        free = free.minus(time(rows));
    }

    private Duration time(long rows) {
        return Duration.ofNanos((long) (rows * 1e9 / rowsPerSecond));
    }
}
