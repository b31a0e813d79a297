package dev.athanor.run;

import dev.athanor.ledger.BackfillFacts.Vitals;
import dev.athanor.ledger.Control;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a backfill stands and how far it has come: what every view shows.
 *
 * @param id in the ledger; null when it was never begun
 * @param revision its revision
 * @param name as in the revision
 * @param table that is walked, quoted
 * @param standing its state
 * @param reason for that state; empty when there is nothing to say
 * @param rows how many of them are done
 * @param ranges how many of them are done
 * @param pulse what the process that runs it says; null when none does, or when it is silent
 * @param control what operators wish
 * @param active time at work, pauses left out where that is known
 */
public record BackfillProgress(
        @Nullable Long id,
        String revision,
        String name,
        String table,
        State standing,
        String reason,
        Rows rows,
        Ranges ranges,
        @Nullable Vitals pulse,
        Control control,
        Duration active) {

    /** How a backfill stands. */
    public enum State {
        /** It stands in a file and was not begun. */
        PENDING,
        /** A process works on it. */
        RUNNING,
        /** A process works on it, slower than it could, to spare the database. */
        THROTTLED,
        /** An operator has paused it. */
        PAUSED,
        /** It was begun, and the process that ran it is gone. */
        STALLED,
        /** Ranges of it failed, and nobody works on it. */
        FAILED,
        /** All of it is done; its revision's verifications are not. */
        VERIFYING,
        /** All of it is done. */
        DONE,
        /** An operator has ended it. */
        CANCELLED,
        /** It was stopped at a clean checkpoint. */
        STOPPED;

        /** Lower case, as JSON has it. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether nothing of it is left to be done. */
        public boolean over() {
            return this == DONE || this == CANCELLED;
        }
    }

    /**
     * Its rows.
     *
     * @param scanned so far
     * @param changed so far
     * @param quarantined set aside now
     * @param total of the table when it was begun, by the planner's estimate; 0 when it was not begun
     */
    public record Rows(long scanned, long changed, long quarantined, long total) {
        /** Rows that the statement left as they were. */
        public long skipped() {
            return Math.max(0, scanned - changed - quarantined);
        }
    }

    /**
     * Its ranges.
     *
     * @param count how many there are
     * @param done of them
     * @param failed of them
     * @param position share of the way from the first key to the last, 0 to 1
     */
    public record Ranges(int count, int done, int failed, double position) {}

    /** The state, in lower case. */
    public String state() {
        return standing.key();
    }

    /** Rows walked so far. */
    public long done() {
        return rows.scanned();
    }

    /** Rows of the table when it was begun, by the planner's estimate. */
    public long total() {
        return rows.total();
    }

    /** Rows changed so far. */
    public long changed() {
        return rows.changed();
    }

    /** Share of the estimated rows, 0 to 100, which is 100 only when all is done. */
    public double percentOfRows() {
        return Forecast.percent(rows.scanned(), rows.total(), isWalked());
    }

    /** Share of the way along the key, 0 to 100, which is 100 only when all is done. */
    public double percentOfKey() {
        return Forecast.percent(ranges.position(), isWalked());
    }

    private boolean isWalked() {
        return standing == State.DONE || standing == State.VERIFYING;
    }

    /** Smoothed where a process tells it, else the average at work; null when it does not move. */
    public @Nullable Double rowsPerSecond() {
        boolean moves = standing == State.RUNNING || standing == State.THROTTLED || isWalked();
        if (!moves) {
            return null;
        }
        if (!isWalked() && pulse != null) {
            return pulse.rowsPerSecond();
        }
        return active.toMillis() == 0 ? null : rows.scanned() * 1000.0 / active.toMillis();
    }

    /** Until its end at that rate; null when it does not move, or has hardly begun. */
    public @Nullable Duration eta() {
        Double rate = rowsPerSecond();
        boolean moves =
                standing == State.RUNNING || standing == State.THROTTLED && (pulse == null || pulse.workers() > 0);
        return rate == null || !moves ? null : Forecast.left(rows.scanned(), rows.total(), ranges.position(), rate);
    }

    /** The next command, where somebody should do something; else empty. */
    public String remedy() {
        return Remedies.backfill(this);
    }
}
