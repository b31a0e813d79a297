package dev.athanor.cli;

import dev.athanor.ledger.BackfillFacts.Vitals;
import dev.athanor.run.BackfillProgress;
import dev.athanor.run.Forecast;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How far a backfill is, in one line, the same for whoever runs it and for whoever watches.
 *
 * @param name revision and name
 * @param done rows
 * @param total rows, estimated
 * @param finished whether all is done
 * @param rate rows a second; null when it does not move
 * @param eta until the end; null when nobody can tell
 * @param detail what follows: chunk, workers, reasons
 */
record ProgressLine(
        String name,
        long done,
        long total,
        boolean finished,
        @Nullable Double rate,
        @Nullable Duration eta,
        String detail) {

    static ProgressLine of(BackfillProgress backfill) {
        Vitals pulse = backfill.pulse();
        String chunk =
                pulse == null ? "" : chunk(pulse.chunkRows(), pulse.chunkTime().toMillis(), pulse.workers()) + "  ";
        return new ProgressLine(
                backfill.revision() + " " + backfill.name(),
                backfill.done(),
                backfill.total(),
                backfill.percentOfRows() == 100,
                backfill.rowsPerSecond(),
                backfill.eta(),
                chunk + BackfillText.state(backfill));
    }

    static String chunk(long rows, long millis, int workers) {
        return String.format(Locale.ROOT, "chunk %,d in %d ms  workers %d", rows, millis, workers);
    }

    /** The end is an estimate, so it never says 100 % before it is there. */
    String text() {
        return String.format(
                Locale.ROOT,
                "%s  %,d/%,d %d%%%s%s%s",
                name,
                done,
                Math.max(total, 1),
                (int) Forecast.percent(done, total, finished),
                rate == null ? "" : String.format(Locale.ROOT, "  %,.0f rows/s", rate),
                eta == null ? "" : "  ETA " + Durations.inWords(eta),
                detail.isEmpty() ? "" : "  " + detail);
    }
}
