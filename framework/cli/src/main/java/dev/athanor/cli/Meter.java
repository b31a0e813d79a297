package dev.athanor.cli;

import dev.athanor.backfill.BackfillEvent;
import dev.athanor.run.RunListener.BackfillView;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Rows, rate and time left of one backfill. */
final class Meter {
    /** Weight of the newest second in the smoothed rate. */
    private static final double SMOOTHING = 0.3;

    private static final Duration SAMPLE = Duration.ofSeconds(1);

    private final BackfillView backfill;
    private final Instant begin;
    private Instant sampled;
    private long walked;
    private long changed;
    private long walkedAtSample;
    private double rate;
    private long chunkRows;
    private long chunkMillis;

    Meter(BackfillView backfill, Instant begin) {
        this.backfill = backfill;
        this.begin = begin;
        this.sampled = begin;
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

    /** The progress line. The end is an estimate, so it never says 100 % before it is there. */
    String line(Instant now) {
        long total = Math.max(backfill.rowsEstimated(), 1);
        long done = backfill.rowsWalkedBefore() + walked;
        long percent = Math.min(99, done * 100 / total);
        double shown = rate == 0 ? average(now) : rate;
        String eta = percent < 1 || shown <= 0
                ? ""
                : "  ETA " + Durations.inWords(Duration.ofMillis((long) (Math.max(0, total - done) * 1000 / shown)));
        return String.format(
                Locale.ROOT,
                "%s %s  %,d/%,d %d%%  %,.0f rows/s%s  chunk %,d in %d ms  workers %d%s",
                backfill.revision(),
                backfill.name(),
                done,
                total,
                percent,
                shown,
                eta,
                chunkRows,
                chunkMillis,
                backfill.workers(),
                backfill.reason().isEmpty() ? "" : "  throttle: " + backfill.reason());
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
