package dev.athanor.throttle;

import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** The budget of a backfill: chunk size by target time or fixed, and a hard cap on rows a second. */
public final class PacedBudget implements WorkBudget {
    private final ChunkSizer sizer;
    private final @Nullable RowRate rate;
    private final Scheduler scheduler;
    private final String reason;

    private PacedBudget(ChunkSizer sizer, @Nullable RowRate rate, Scheduler scheduler, String reason) {
        this.sizer = sizer;
        this.rate = rate;
        this.scheduler = scheduler;
        this.reason = reason;
    }

    /**
     * A budget for one backfill.
     *
     * @param pace what the user asked for
     * @param clock measures the time between chunks
     * @param scheduler waits
     */
    public static PacedBudget of(Pace pace, Clock clock, Scheduler scheduler) {
        ChunkSizer sizer = pace.chunkSize() == null
                ? new AdaptiveChunkSizer(pace.targetChunkTime())
                : ChunkSizer.fixed(pace.chunkSize());
        Long cap = pace.maxRowsPerSecond();
        return cap == null
                ? new PacedBudget(sizer, null, scheduler, "")
                : new PacedBudget(
                        sizer,
                        new RowRate(cap, clock),
                        scheduler,
                        String.format(Locale.ROOT, "max-rows-per-second %,d", cap));
    }

    /**
     * What the user asked for.
     *
     * @param chunkSize rows a chunk; null: adaptive
     * @param targetChunkTime what adaptive sizing aims at
     * @param maxRowsPerSecond hard cap over all workers; null: none
     */
    public record Pace(
            @Nullable Integer chunkSize,
            Duration targetChunkTime,
            @Nullable Long maxRowsPerSecond) {

        /** Rows of the first chunk; without a fixed size the next ones differ. */
        public int firstChunk() {
            int rows = chunkSize == null ? AdaptiveChunkSizer.START : chunkSize;
            return maxRowsPerSecond == null ? rows : Math.min(rows, RowRate.largestChunk(maxRowsPerSecond));
        }
    }

    @Override
    public Mono<Grant> acquire() {
        return Mono.defer(() -> {
            RowRate cap = rate;
            if (cap == null) {
                return Mono.just(new Sized(sizer.rows(), null));
            }
            int rows = Math.min(sizer.rows(), cap.largestChunk());
            Duration wait = cap.book(rows);
            Grant grant = new Sized(rows, cap);
            return wait.isZero()
                    ? Mono.just(grant)
                    : Mono.delay(wait, scheduler).thenReturn(grant);
        });
    }

    @Override
    public String reason() {
        return reason;
    }

    private final class Sized implements Grant {
        private final int rows;
        private final @Nullable RowRate booked;
        private final AtomicBoolean reported = new AtomicBoolean();

        Sized(int rows, @Nullable RowRate booked) {
            this.rows = rows;
            this.booked = booked;
        }

        @Override
        public int rows() {
            return rows;
        }

        @Override
        public void done(long rowsWalked, long statementNanos) {
            if (reported.compareAndSet(false, true)) {
                sizer.observe(rows, rowsWalked, statementNanos);
                giveBack(rows - rowsWalked);
            }
        }

        @Override
        public void abandoned() {
            if (reported.compareAndSet(false, true)) {
                giveBack(rows);
            }
        }

        /** A walk by blocks may have met more rows than it was granted; they are charged to the chunks that follow. */
        private void giveBack(long unused) {
            if (booked != null) {
                booked.giveBack(unused);
            }
        }
    }
}
