package dev.athanor.source;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Options of a backfill section; null where the directive says nothing.
 *
 * @param chunkSize fixed rows a chunk; null: adaptive
 * @param targetChunkTime what adaptive sizing aims at
 * @param maxRowsPerSecond hard cap over all workers
 * @param workers reactive pipelines at once
 * @param where condition added to {@code ${chunk}}; the guard of a table that is walked by {@code ctid}
 * @param lockTimeout longest wait for one row lock
 * @param statementTimeout longest run of one chunk's statement
 * @param retries bound on tries of one chunk; null: as long as the patience lasts
 */
public record BackfillOptions(
        @Nullable Integer chunkSize,
        @Nullable Duration targetChunkTime,
        @Nullable Long maxRowsPerSecond,
        @Nullable Integer workers,
        @Nullable String where,
        @Nullable Duration lockTimeout,
        @Nullable Duration statementTimeout,
        @Nullable Integer retries) {

    /** Nothing said. */
    public static final BackfillOptions NONE = new BackfillOptions(null, null, null, null, null, null, null, null);
}
