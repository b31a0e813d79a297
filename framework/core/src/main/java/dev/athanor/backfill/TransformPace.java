package dev.athanor.backfill;

import java.time.Duration;

/** How many rows of a backfill are gone over in the time of one chunk, those of them transformed that are to be. Safe for use by several threads. */
final class TransformPace {
    /**
     * Rows of a chunk at most: the rows of a chunk are kept in memory, those of every worker at once. Larger chunks were
     * not seen to be faster.
     */
    static final int MOST_ROWS = 10_000;
    /** Of the time of a chunk, so that few chunks are cut short, whose open answers would be lost. */
    private static final double SHARE = 0.7;

    /** How much farther the next chunk may go when the rows of one fitted into memory. */
    private static final double MORE = 1.25;

    /**
     * How many chunks are read row by row, by all workers together, when a row of one was too long to be read together with
     * others: where long rows are everywhere, one chunk of a hundred is read twice.
     */
    private static final int APART = 100;

    private final int most;
    private int apart;
    private volatile double rows;
    private volatile double fitting;

    /**
     * Begins with as many rows as a chunk may have: where rows have many values, fewer, so that the values take half of the
     * {@linkplain RowBatch#MOST_BYTES memory} even when they are empty.
     *
     * @param values how many are read of a row
     */
    TransformPace(int values) {
        long fit = RowBatch.MOST_BYTES / (2L * RowBatch.VALUE_BYTES * Math.max(1, values));
        most = (int) Math.max(1, Math.min(MOST_ROWS, fit));
        rows = most;
        fitting = most;
    }

    /** Rows of the next chunk. */
    int of(int granted) {
        return (int) Math.max(1, Math.min(granted, Math.min(rows, fitting)));
    }

    /**
     * A chunk was read.
     *
     * @param walked rows that it went over
     * @param full whether more did not fit into memory
     */
    synchronized void read(long walked, boolean full) {
        fitting = full ? Math.max(1, walked) : Math.min(most, fitting * MORE);
    }

    /** Whether the rows of the next chunk are read at once. */
    synchronized boolean readsAtOnce() {
        if (apart == 0) {
            return true;
        }
        apart--;
        return false;
    }

    /** A row was too long. */
    synchronized void foundLongRow() {
        apart = APART;
    }

    /**
     * A chunk was transformed.
     *
     * @param walked rows that it went over, those that a condition leaves out included; none says nothing
     */
    synchronized void took(long walked, Duration time) {
        if (walked > 0) {
            double nanos = Math.max(1, time.toNanos());
            double inTime = walked * (SHARE * TransformStage.LONGEST.toNanos() / nanos);
            rows = Math.max(1, Math.min(most, inTime));
        }
    }

    /** A chunk had no row to transform: the next may go twice as far, for where few rows are to be, most chunks are such. */
    synchronized void tookNothing() {
        rows = Math.min(most, rows * 2);
    }
}
