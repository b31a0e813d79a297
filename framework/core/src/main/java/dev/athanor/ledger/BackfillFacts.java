package dev.athanor.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that the ledger knows of a backfill, as of one moment.
 *
 * @param id in the ledger
 * @param revision its revision
 * @param ordinal index of its section in the revision
 * @param name as in the revision
 * @param table that is walked, quoted
 * @param key columns by which it is walked; {@code ctid} when block by block
 * @param state {@code running}, {@code stopped}, {@code failed}, {@code done} or {@code cancelled}
 * @param rowsEstimated when it began
 * @param startedAt when it began
 * @param elapsed since it was begun, until now or until it was finished
 * @param tally its ranges and rows
 * @param open ranges that are begun and not done
 * @param control what operators wish
 * @param vitals what the process that runs it said last; null when none ever said anything
 */
public record BackfillFacts(
        long id,
        String revision,
        int ordinal,
        String name,
        String table,
        List<String> key,
        String state,
        long rowsEstimated,
        Instant startedAt,
        Duration elapsed,
        Tally tally,
        List<OpenRange> open,
        Control control,
        @Nullable Vitals vitals) {
    public BackfillFacts {
        key = List.copyOf(key);
        open = List.copyOf(open);
    }

    /**
     * Its ranges and rows, summed up.
     *
     * @param walked rows so far
     * @param changed rows so far
     * @param quarantined rows that are set aside now
     * @param ranges how many there are
     * @param done of them
     * @param failed of them
     * @param token newest owner that has taken them over; 0 when there are none
     * @param error of a failed range; empty when there is none
     */
    public record Tally(
            long walked, long changed, long quarantined, int ranges, int done, int failed, long token, String error) {}

    /**
     * A range that is begun and not done, by the first column of the key in which its bounds differ.
     *
     * @param lower exclusive; empty: from the first key
     * @param upper inclusive
     * @param cursor done up to and with this
     * @param walked rows so far
     */
    public record OpenRange(String lower, String upper, String cursor, long walked) {}

    /**
     * What the process that runs a backfill says of it about once a second.
     *
     * @param age since it said so
     * @param token of that process
     * @param state {@code running}, {@code throttled} or {@code paused}
     * @param reason for that; may be empty
     * @param rowsPerSecond smoothed; null when too little is known
     * @param active time at work over all runs, pauses left out
     * @param workers that may run at once
     * @param workersWanted that would if nothing held them back
     * @param chunkRows rows of a chunk
     * @param chunkTime run time of a chunk's statement
     * @param utilisation of the worst signal
     * @param signals all that were read
     */
    public record Vitals(
            Duration age,
            long token,
            String state,
            String reason,
            @Nullable Double rowsPerSecond,
            Duration active,
            int workers,
            int workersWanted,
            int chunkRows,
            Duration chunkTime,
            double utilisation,
            List<Signal> signals) {
        public Vitals {
            signals = List.copyOf(signals);
        }
    }

    /**
     * What a signal said last.
     *
     * @param name such as {@code replica lag}
     * @param value in its unit
     * @param unit such as {@code s}
     * @param limit at which work stands still
     * @param utilisation share of what is tolerable
     * @param text for people, such as {@code replica lag 2.1s}; may be empty
     */
    public record Signal(String name, double value, String unit, double limit, double utilisation, String text) {}
}
