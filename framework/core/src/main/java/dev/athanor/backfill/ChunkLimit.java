package dev.athanor.backfill;

/**
 * How large the next chunk of one range may be after chunks of it have failed: halved after a statement timeout, and
 * bisected to find the row whose data does not fit.
 */
final class ChunkLimit {
    /** Chunks that must have passed at a size before it is doubled again after a statement timeout. */
    private static final int CALM = 10;

    private static final int NONE = Integer.MAX_VALUE;

    private int mostAfterTimeout = NONE;
    private int calm;
    private long suspects;

    /** Rows for the next chunk. */
    int of(int granted) {
        long most = suspects == 0 ? NONE : (suspects + 1) / 2;
        return (int) Math.min(granted, Math.min(most, mostAfterTimeout));
    }

    /** A chunk of so many rows is done. */
    void passed(long rows) {
        suspects = Math.max(0, suspects - rows);
        if (mostAfterTimeout != NONE && ++calm >= CALM) {
            calm = 0;
            mostAfterTimeout = mostAfterTimeout > NONE / 2 ? NONE : mostAfterTimeout * 2;
        }
    }

    /** A chunk of so many rows ran too long; false when it cannot be made smaller. */
    boolean timedOut(int rows) {
        calm = 0;
        mostAfterTimeout = Math.max(1, rows / 2);
        return rows > 1;
    }

    /** A chunk of so many rows holds one that does not fit; false when it is that row. */
    boolean misfits(int rows) {
        suspects = rows == 1 ? 0 : rows;
        return rows > 1;
    }
}
