package dev.athanor.backfill;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Rows a second, smoothed, and the time at work; pauses count for neither. Guarded by itself. */
final class RateMeter {
    /** Weight of the newest reading: about the last ten seconds count, at one reading a second. */
    private static final double SMOOTHING = 0.2;

    private final Instant begin;
    private @Nullable Instant read;
    private long rows;
    private long rowsRead;
    private double rate;
    private boolean any;

    RateMeter(Instant begin) {
        this.begin = begin;
    }

    synchronized void walked(long more) {
        rows += more;
    }

    /** Takes a reading; the time at work since the one before. */
    synchronized Duration read(Instant now, boolean atWork) {
        Instant before = read == null ? begin : read;
        Duration since = Duration.between(before, now);
        read = now;
        long done = rows - rowsRead;
        rowsRead = rows;
        if (!atWork || since.isNegative() || since.isZero()) {
            return Duration.ZERO;
        }
        double current = done * 1e9 / since.toNanos();
        rate = any ? SMOOTHING * current + (1 - SMOOTHING) * rate : current;
        any = true;
        return since;
    }

    /** Rows a second. */
    synchronized double rate() {
        return rate;
    }
}
