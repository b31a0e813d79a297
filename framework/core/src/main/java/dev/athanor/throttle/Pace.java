package dev.athanor.throttle;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the user asked for.
 *
 * @param workers chunks at once
 * @param chunkSize rows a chunk; null: adaptive
 * @param targetChunkTime what adaptive sizing aims at
 * @param maxRowsPerSecond hard cap over all workers; null: none
 */
public record Pace(
        int workers,
        @Nullable Integer chunkSize,
        Duration targetChunkTime,
        @Nullable Long maxRowsPerSecond) {

    /** Rows of the first chunk; without a fixed size the next ones differ. */
    public int firstChunk() {
        int rows = chunkSize == null ? AdaptiveChunkSizer.START : chunkSize;
        return maxRowsPerSecond == null ? rows : Math.min(rows, RowRate.largestChunk(maxRowsPerSecond));
    }
}
