package dev.athanor.benchmark.result;

import org.jspecify.annotations.Nullable;

/**
 * One measurement of one subject.
 *
 * @param number of the round, from 1; everything of one round was measured within minutes of each other
 * @param seconds that the work took
 * @param rowsPerSecond rows of the table that were dealt with, by seconds
 * @param ratio of this rate to that of the reference in the same round; null when that failed
 * @param walBytes written to the WAL
 * @param growthBytes of the table and its indexes
 * @param hotPercent of the updates that were HOT; -1 when nothing was updated
 * @param cpuSeconds of the JVM
 * @param peakHeapBytes of the JVM, behind a garbage collection
 * @param missedRows rows that are not as they should be
 * @param checkpoints that began on the server meanwhile
 */
public record Round(
        int number,
        double seconds,
        double rowsPerSecond,
        @Nullable Double ratio,
        long walBytes,
        long growthBytes,
        int hotPercent,
        double cpuSeconds,
        long peakHeapBytes,
        long missedRows,
        int checkpoints) {}
