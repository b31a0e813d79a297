package dev.athanor.cli;

import dev.athanor.backfill.BackfillEvent;
import dev.athanor.ledger.Control.Wish;
import dev.athanor.run.Forecast;
import dev.athanor.run.RunListener.BackfillView;
import dev.athanor.throttle.BudgetState;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Rows, rate and time left of one backfill. */
final class Meter {
    /** Weight of the newest second in the smoothed rate. */
    private static final double SMOOTHING = 0.3;

    private static final Duration SAMPLE = Duration.ofSeconds(1);

    private final BackfillView backfill;
    private Instant begin;
    private Instant sampled;
    private long walked;
    private long changed;
    private long walkedAtSample;
    private double rate;
    private long chunkRows;
    private long chunkMillis;
    private int workers;
    private String reason;
    private @Nullable Wish pause;
    private @Nullable Instant pausedSince;

    Meter(BackfillView backfill, Instant begin) {
        this.backfill = backfill;
        this.begin = begin;
        this.sampled = begin;
        this.workers = backfill.workers();
        this.reason = backfill.reason();
    }

    void released(BackfillEvent.RowReleased row) {
        changed += row.rowsChanged();
    }

    void chunk(BackfillEvent.ChunkCommitted chunk, Instant now) {
        walked += chunk.rowsWalked();
        changed += chunk.rowsChanged();
        chunkRows = chunk.rowsWalked();
        chunkMillis = chunk.statement().toMillis();
        Duration since = Duration.between(sampled, now);
        if (since.compareTo(SAMPLE) >= 0) {
            double current = (walked - walkedAtSample) * 1e9 / since.toNanos();
            rate = rate == 0 ? current : SMOOTHING * current + (1 - SMOOTHING) * rate;
            sampled = now;
            walkedAtSample = walked;
        }
    }

    /** What may run at once now, and why it is not more. */
    void budget(BudgetState state) {
        workers = state.workers();
        reason = state.reason();
    }

    /** Time while it is paused is no time at work. */
    void pause(@Nullable Wish wish, Instant now) {
        Instant since = pausedSince;
        if (wish != null && since == null) {
            pausedSince = now;
        } else if (wish == null && since != null) {
            Duration paused = Duration.between(since, now);
            begin = begin.plus(paused);
            sampled = sampled.plus(paused);
            pausedSince = null;
        }
        pause = wish;
    }

    boolean isPaused() {
        return pause != null;
    }

    /** Number of the backfill. */
    long id() {
        return backfill.id();
    }

    /** The progress line. */
    String line(Instant now) {
        long total = Math.max(backfill.rowsEstimated(), 1);
        long done = backfill.rowsWalkedBefore() + walked;
        boolean stands = pause != null || workers == 0;
        double shown = rate == 0 ? average(now) : rate;
        String detail = ProgressLine.chunk(chunkRows, chunkMillis, workers);
        if (pause != null) {
            detail += "  PAUSED " + BackfillText.by(pause);
        } else if (!reason.isEmpty()) {
            detail += "  throttle: " + reason;
        }
        return new ProgressLine(
                        backfill.revision() + " " + backfill.name(),
                        done,
                        total,
                        false,
                        stands ? Double.valueOf(0) : Double.valueOf(shown),
                        stands ? null : Forecast.left(done, total, 0, shown),
                        detail)
                .text();
    }

    String summary(Instant now) {
        return String.format(
                Locale.ROOT,
                "%s %s  %,d rows walked, %,d changed, %,.0f rows/s, %s",
                backfill.revision(),
                backfill.name(),
                walked,
                changed,
                average(now),
                Durations.inWords(Duration.between(begin, now)));
    }

    private double average(Instant now) {
        return walked * 1e9 / Math.max(1, Duration.between(begin, now).toNanos());
    }
}
