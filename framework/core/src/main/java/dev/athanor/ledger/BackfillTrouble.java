package dev.athanor.ledger;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong in a backfill, and what operators did about it.
 *
 * @param failed ranges that failed, in order
 * @param quarantined the first rows that were set aside
 * @param commands the newest commands, newest first
 */
public record BackfillTrouble(List<FailedRange> failed, List<QuarantinedRow> quarantined, List<GivenCommand> commands) {
    public BackfillTrouble {
        failed = List.copyOf(failed);
        quarantined = List.copyOf(quarantined);
        commands = List.copyOf(commands);
    }

    /**
     * A range that failed.
     *
     * @param number from 0
     * @param error for people
     * @param sqlState of the error; empty when the server gave none
     * @param key the one row at which it stands; null: the failure is not one row's
     */
    public record FailedRange(
            int number,
            String error,
            String sqlState,
            @Nullable List<String> key) {}

    /**
     * A row that is set aside.
     *
     * @param range in which it is
     * @param key its key as texts
     * @param sqlState why
     * @param message why, in the server's words
     * @param retry whether another try is asked for
     * @param attempts tries so far
     * @param at since when
     */
    public record QuarantinedRow(
            int range, List<String> key, String sqlState, String message, boolean retry, int attempts, Instant at) {}
}
