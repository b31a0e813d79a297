package dev.athanor.ledger;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What operators have asked of a backfill. It outlives processes: whoever runs the backfill next obeys it too.
 *
 * @param version grows with every command
 * @param pause null when it is not paused
 * @param cancellation null when it is not cancelled
 * @param pace what operators have set over the directive
 */
public record Control(
        long version, @Nullable Wish pause, @Nullable Wish cancellation, Pace pace) {

    /** Nothing asked. */
    public static final Control NONE = new Control(0, null, null, Pace.UNSET);

    /** Whether chunks may begin. */
    public boolean open() {
        return pause == null && cancellation == null;
    }

    /**
     * Who asked for it, and why.
     *
     * @param by actor
     * @param reason in the operator's words; empty when none was given
     * @param at when
     */
    public record Wish(String by, String reason, Instant at) {}

    /**
     * Set by operators; null where the directive holds.
     *
     * @param maxRowsPerSecond hard cap over all workers; 0: none
     * @param chunkSize fixed rows a chunk; 0: adaptive
     * @param targetChunkTime what adaptive sizing aims at
     * @param workers reactive pipelines at once
     * @param skipLimit rows that may be set aside
     */
    public record Pace(
            @Nullable Long maxRowsPerSecond,
            @Nullable Integer chunkSize,
            @Nullable Duration targetChunkTime,
            @Nullable Integer workers,
            @Nullable Long skipLimit) {
        /** The directive holds. */
        public static final Pace UNSET = new Pace(null, null, null, null, null);
    }
}
