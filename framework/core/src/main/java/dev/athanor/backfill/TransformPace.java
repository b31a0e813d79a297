package dev.athanor.backfill;

import java.time.Duration;

/** How many rows of a backfill are transformed in the time of one chunk. Safe for use by several threads. */
final class TransformPace {
    /**
     * Rows of a chunk at most: the rows of a chunk are kept in memory, those of every worker at once. Larger chunks were
     * not seen to be faster.
     */
    static final int MOST_ROWS = 10_000;
    /** Of the time of a chunk, so that few chunks are cut short, whose open answers would be lost. */
    private static final double SHARE = 0.7;

    private volatile double rows = MOST_ROWS;

    /** Rows of the next chunk. */
    int of(int granted) {
        return (int) Math.max(1, Math.min(granted, rows));
    }

    /** So many rows were transformed in this time. */
    void took(int transformed, Duration time) {
        double nanos = Math.max(1, time.toNanos());
        double inTime = transformed * (SHARE * TransformStage.LONGEST.toNanos() / nanos);
        rows = Math.max(1, Math.min(MOST_ROWS, inTime));
    }
}
