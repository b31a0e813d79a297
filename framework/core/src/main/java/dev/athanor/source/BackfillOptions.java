package dev.athanor.source;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Options of a backfill section; null where the directive says nothing. Made by {@link #builder()}.
 *
 * @param chunkSize fixed rows a chunk; null: adaptive
 * @param targetChunkTime what adaptive sizing aims at
 * @param maxRowsPerSecond hard cap over all workers
 * @param workers reactive pipelines at once
 * @param where condition added to {@code ${chunk}}; the guard of a table that is walked by {@code ctid}
 * @param lockTimeout longest wait for one row lock
 * @param statementTimeout longest run of one chunk's statement
 * @param retries bound on tries of one chunk; null: as long as the patience lasts
 * @param skipLimit rows that may be set aside because their data does not fit; null: none
 * @param vacuumEveryRows walked rows between two own VACUUMs of the table; null: none is run
 * @param window hours of the day in which chunks may begin; null: any
 * @param deadline when the backfill stops at a clean checkpoint; null: never
 * @param quiets the sync trigger that does not fire for its changes; null: none
 */
public record BackfillOptions(
        @Nullable Integer chunkSize,
        @Nullable Duration targetChunkTime,
        @Nullable Long maxRowsPerSecond,
        @Nullable Integer workers,
        @Nullable String where,
        @Nullable Duration lockTimeout,
        @Nullable Duration statementTimeout,
        @Nullable Integer retries,
        @Nullable Long skipLimit,
        @Nullable Long vacuumEveryRows,
        @Nullable RunWindow window,
        @Nullable Instant deadline,
        @Nullable String quiets) {

    /** Nothing said. */
    public static final BackfillOptions NONE = builder().build();

    /** Options to be said one by one. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects options; what is not said, or said as null, stays unsaid. */
    public static final class Builder {
        private @Nullable Integer chunkSize;
        private @Nullable Duration targetChunkTime;
        private @Nullable Long maxRowsPerSecond;
        private @Nullable Integer workers;
        private @Nullable String where;
        private @Nullable Duration lockTimeout;
        private @Nullable Duration statementTimeout;
        private @Nullable Integer retries;
        private @Nullable Long skipLimit;
        private @Nullable Long vacuumEveryRows;
        private @Nullable RunWindow window;
        private @Nullable Instant deadline;
        private @Nullable String quiets;

        private Builder() {}

        /** Fixed rows a chunk. */
        public Builder chunkSize(@Nullable Integer rows) {
            chunkSize = rows;
            return this;
        }

        /** What adaptive sizing aims at. */
        public Builder targetChunkTime(@Nullable Duration time) {
            targetChunkTime = time;
            return this;
        }

        /** Hard cap over all workers. */
        public Builder maxRowsPerSecond(@Nullable Long rows) {
            maxRowsPerSecond = rows;
            return this;
        }

        /** Reactive pipelines at once. */
        public Builder workers(@Nullable Integer number) {
            workers = number;
            return this;
        }

        /** Condition added to {@code ${chunk}}. */
        public Builder where(@Nullable String condition) {
            where = condition;
            return this;
        }

        /** Longest wait for one row lock. */
        public Builder lockTimeout(@Nullable Duration timeout) {
            lockTimeout = timeout;
            return this;
        }

        /** Longest run of one chunk's statement. */
        public Builder statementTimeout(@Nullable Duration timeout) {
            statementTimeout = timeout;
            return this;
        }

        /** Bound on tries of one chunk. */
        public Builder retries(@Nullable Integer number) {
            retries = number;
            return this;
        }

        /** Rows that may be set aside. */
        public Builder skipLimit(@Nullable Long rows) {
            skipLimit = rows;
            return this;
        }

        /** Walked rows between two own VACUUMs. */
        public Builder vacuumEveryRows(@Nullable Long rows) {
            vacuumEveryRows = rows;
            return this;
        }

        /** Hours in which chunks may begin. */
        public Builder window(@Nullable RunWindow hours) {
            window = hours;
            return this;
        }

        /** When the backfill stops. */
        public Builder deadline(@Nullable Instant time) {
            deadline = time;
            return this;
        }

        /** The sync trigger that does not fire. */
        public Builder quiets(@Nullable String trigger) {
            quiets = trigger;
            return this;
        }

        /** The options. */
        public BackfillOptions build() {
            return new BackfillOptions(
                    chunkSize,
                    targetChunkTime,
                    maxRowsPerSecond,
                    workers,
                    where,
                    lockTimeout,
                    statementTimeout,
                    retries,
                    skipLimit,
                    vacuumEveryRows,
                    window,
                    deadline,
                    quiets);
        }
    }
}
