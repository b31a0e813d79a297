package dev.athanor.throttle;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Sizes chunks so that nine of ten statements take no longer than the target time. It learns the cost of a row from a
 * window of recent chunks, grows in small steps and shrinks at once.
 */
final class AdaptiveChunkSizer implements ChunkSizer {
    /** Fewer rows cost more in round trips than they spare in lock time. */
    static final int SMALLEST = 100;
    /** Beyond this no throughput is gained (measured: the best sizes lie between 5,000 and 20,000 rows). */
    static final int LARGEST = 100_000;
    /** First guess; a wide row with several indexes takes some 20 ms for it. */
    static final int START = 1_000;
    /** A reading this many times over the target says that something has changed for the worse. */
    static final int ALARM = 5;

    private static final double GROWTH = 1.5;
    private static final int WINDOW = 10;
    private static final double QUANTILE = 0.9;

    private final long targetNanos;
    private final Deque<Double> nanosPerRow = new ArrayDeque<>(WINDOW);
    private int rows = START;

    AdaptiveChunkSizer(Duration target) {
        if (target.isNegative() || target.isZero()) {
            throw new IllegalArgumentException("the target chunk time must be above zero, not " + target);
        }
        this.targetNanos = target.toNanos();
    }

    @Override
    public synchronized int rows() {
        return rows;
    }

    @Override
    public synchronized void observe(int granted, long walked, long statementNanos) {
        if (statementNanos > ALARM * targetNanos) {
            nanosPerRow.clear();
            rows = clamp(Math.min(rows, granted) / 10.0);
            return;
        }
        boolean representative = walked * 2 >= granted;
        if (!representative) {
            return;
        }
        if (nanosPerRow.size() == WINDOW) {
            nanosPerRow.removeFirst();
        }
        nanosPerRow.addLast((double) Math.max(1, statementNanos) / walked);
        double wanted = targetNanos / quantile();
        // Workers run side by side: only a chunk of the present size says anything about growing beyond it.
        boolean current = granted >= rows;
        if (wanted < rows || current) {
            rows = clamp(Math.min(wanted, rows * GROWTH));
        }
    }

    private double quantile() {
        double[] sorted =
                nanosPerRow.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted[(int) Math.ceil(QUANTILE * sorted.length) - 1];
    }

    private static int clamp(double wanted) {
        return (int) Math.max(SMALLEST, Math.min(LARGEST, wanted));
    }
}
