package dev.athanor.throttle;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** The budget of a backfill: chunk size by target time or fixed, and a hard cap on rows a second. */
public final class PacedBudget implements WorkBudget {
    private final Clock clock;
    private final Scheduler scheduler;
    private volatile Pace pace;
    private volatile ChunkSizer sizer;
    private volatile @Nullable RowRate rate;

    private PacedBudget(Pace pace, Clock clock, Scheduler scheduler) {
        this.clock = clock;
        this.scheduler = scheduler;
        this.pace = pace;
        this.sizer = sizer(pace);
        this.rate = rate(pace);
    }

    /**
     * A budget for one backfill.
     *
     * @param pace what the user asked for
     * @param clock measures the time between chunks
     * @param scheduler waits
     */
    public static PacedBudget of(Pace pace, Clock clock, Scheduler scheduler) {
        return new PacedBudget(pace, clock, scheduler);
    }

    private static ChunkSizer sizer(Pace pace) {
        return pace.chunkSize() == null
                ? new AdaptiveChunkSizer(pace.targetChunkTime())
                : ChunkSizer.fixed(pace.chunkSize());
    }

    private @Nullable RowRate rate(Pace pace) {
        return pace.maxRowsPerSecond() == null ? null : new RowRate(pace.maxRowsPerSecond(), clock);
    }

    @Override
    public void pace(Pace changed) {
        sizer = sizer(changed);
        rate = rate(changed);
        pace = changed;
    }

    @Override
    public Flux<BudgetState> watch() {
        return Flux.never();
    }

    @Override
    public BudgetState state() {
        Pace now = pace;
        Long cap = now.maxRowsPerSecond();
        String reason = cap == null ? "" : String.format(Locale.ROOT, "max-rows-per-second %,d", cap);
        return new BudgetState(now.workers(), now.workers(), sizer.rows(), 0, reason, List.of());
    }

    @Override
    public Mono<Grant> acquire(int lane, boolean begun) {
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
