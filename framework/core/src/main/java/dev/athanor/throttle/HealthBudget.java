package dev.athanor.throttle;

import dev.athanor.postgres.DatabaseException;
import dev.athanor.postgres.ReactiveTransactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/**
 * The budget of one backfill: as many chunks at once, as large and as often as the user's pace, the hours and the health of
 * the database allow. It begins with all that is asked for; signals take from it only while {@link #watch} is subscribed.
 *
 * <p>Reading order: {@code Turnstile} (who enters), {@code Governor} (how many), {@code Watcher} (what the signals say).
 */
public final class HealthBudget implements WorkBudget {
    /** Longest rest behind a chunk, so that a slow chunk does not hold the backfill up for minutes. */
    private static final Duration LONGEST_REST = Duration.ofSeconds(2);

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Health health;
    private final Clock clock;
    private final Scheduler scheduler;
    private final Governor governor;
    private final Turnstile turnstile;
    private final ChunkLatency latency;
    private volatile Pace pace;
    private volatile ChunkSizer sizer;
    private volatile @Nullable RowRate rate;
    private volatile Instant restUntil = Instant.MIN;
    private volatile Watcher watcher;
    /** Which signal work was held back for, while it grows again. */
    private volatile String cause = "";

    /**
     * What a budget listens to.
     *
     * @param transactions where signals are read; null: no signals of the database
     * @param table the walked table as it stands in SQL
     * @param hours when chunks may begin
     */
    public record Health(
            ThrottleSettings settings, @Nullable ReactiveTransactions transactions, String table, WorkingHours hours) {
        /** Nothing. */
        public static final Health NONE = new Health(ThrottleSettings.OFF, null, "", WorkingHours.ALWAYS);
    }

    private HealthBudget(Pace pace, Health health, Clock clock, Scheduler scheduler) {
        this.health = health;
        this.clock = clock;
        this.scheduler = scheduler;
        this.pace = pace;
        this.sizer = sizer(pace);
        this.rate = pace.maxRowsPerSecond() == null ? null : new RowRate(pace.maxRowsPerSecond(), clock);
        this.governor = new Governor(pace.workers());
        this.latency = new ChunkLatency(health.settings(), clock);
        this.watcher = new Watcher(List.of(), null, clock, scheduler);
        this.turnstile = new Turnstile(new Doorkeeper(), clock, scheduler);
    }

    /**
     * A budget for one backfill.
     *
     * @param pace what the user asked for
     * @param health what it listens to
     * @param clock measures the time between chunks
     * @param scheduler waits
     */
    public static HealthBudget of(Pace pace, Health health, Clock clock, Scheduler scheduler) {
        return new HealthBudget(pace, health, clock, scheduler);
    }

    private static ChunkSizer sizer(Pace pace) {
        return pace.chunkSize() == null
                ? new AdaptiveChunkSizer(pace.targetChunkTime())
                : ChunkSizer.fixed(pace.chunkSize());
    }

    @Override
    public Mono<Grant> acquire(int lane, boolean begun) {
        return turnstile.enter(lane, begun);
    }

    /** What the sizer has learned is kept unless the size itself is to be another. */
    @Override
    public synchronized void pace(Pace changed) {
        Pace before = pace;
        boolean sameSize = Objects.equals(before.chunkSize(), changed.chunkSize())
                && before.targetChunkTime().equals(changed.targetChunkTime());
        if (!sameSize) {
            sizer = sizer(changed);
        }
        Long cap = changed.maxRowsPerSecond();
        RowRate old = rate;
        if (cap == null) {
            rate = null;
        } else if (old == null) {
            rate = new RowRate(cap, clock);
        } else if (!cap.equals(before.maxRowsPerSecond())) {
            rate = old.at(cap, clock.instant());
        }
        governor.most(changed.workers());
        pace = changed;
        turnstile.wake();
    }

    @Override
    public BudgetState state() {
        boolean open = untilOpen(clock.instant()).isZero();
        Watcher.Picture seen = watcher.picture();
        return new BudgetState(
                open ? governor.workers() : 0,
                pace.workers(),
                chunkRows(),
                seen.smoothed(),
                reason(open, seen),
                seen.readings());
    }

    private String reason(boolean open, Watcher.Picture seen) {
        if (!open) {
            return "outside window " + health.hours().text();
        }
        if (governor.holdsBack()) {
            return governor.recovering() ? "growing again after " + cause : seen.worst();
        }
        Long cap = pace.maxRowsPerSecond();
        return cap == null ? "" : String.format(Locale.ROOT, "max-rows-per-second %,d", cap);
    }

    @Override
    public Flux<BudgetState> watch() {
        return rights().flatMapMany(rights -> {
                    SignalRights.require(rights, health.settings());
                    watcher = new Watcher(
                            new SignalSet(health, latency, clock).states(rights.statistics()),
                            health.transactions(),
                            clock,
                            scheduler);
                    return Flux.interval(Duration.ZERO, SignalKind.TICK, scheduler);
                })
                .onBackpressureDrop()
                .concatMap(tick -> watcher.look().map(this::decide), 1)
                .distinctUntilChanged(HealthBudget::whatMatters);
    }

    private Mono<SignalRights.Rights> rights() {
        ReactiveTransactions transactions = health.transactions();
        if (transactions == null) {
            return Mono.just(new SignalRights.Rights("", false));
        }
        return transactions
                .readOnly(session -> session.query(SignalRights.QUERY, SignalRights.Rights::of))
                .single()
                .retryWhen(Retry.fixedDelay(Long.MAX_VALUE, RETRY)
                        .scheduler(scheduler)
                        .filter(e -> e instanceof DatabaseException database
                                && database.category().retryable()));
    }

    private BudgetState decide(Watcher.Picture seen) {
        governor.decide(clock.instant(), seen.smoothed(), seen.raw());
        if (governor.holdsBack() && !governor.recovering()) {
            cause = seen.name();
        }
        turnstile.wake();
        return state();
    }

    private record Visible(int workers, int wanted, long utilisation, String reason) {}

    /** Sizes change with every chunk and readings with every look; whoever needs them asks for the state. */
    private static Visible whatMatters(BudgetState state) {
        return new Visible(
                state.workers(), state.workersWanted(), Math.round(state.utilisation() * 10), state.reason());
    }

    private Duration untilOpen(Instant now) {
        return health.hours().untilOpen().apply(now);
    }

    private int chunkRows() {
        int rows = sizer.rows();
        int steps = governor.steps();
        int shrunk = steps == 0 || pace.chunkSize() != null
                ? rows
                : Math.max(Math.min(rows, AdaptiveChunkSizer.SMALLEST), rows >> steps);
        RowRate cap = rate;
        return cap == null ? shrunk : Math.min(shrunk, cap.largestChunk());
    }

    private final class Doorkeeper implements Turnstile.Keeper {
        @Override
        public int allowed() {
            return governor.workers();
        }

        @Override
        public Duration untilNext(Instant now) {
            Duration closed = untilOpen(now);
            if (!closed.isZero()) {
                return closed;
            }
            if (restUntil.isAfter(now)) {
                return Duration.between(now, restUntil);
            }
            RowRate cap = rate;
            return cap == null ? Duration.ZERO : cap.untilFree(now);
        }

        @Override
        public Grant admit(Instant now) {
            RowRate cap = rate;
            int rows = cap == null ? chunkRows() : Math.min(chunkRows(), cap.largestChunk());
            if (cap != null) {
                cap.book(rows, now);
            }
            return new Sized(rows, cap);
        }
    }

    private final class Sized implements Grant {
        private final int rows;
        private final @Nullable RowRate booked;
        private final int steps = governor.steps();
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
                if (steps > 0) {
                    rest(statementNanos);
                } else if (rowsWalked >= AdaptiveChunkSizer.SMALLEST && rowsWalked * 2 >= rows) {
                    latency.observe(rowsWalked, statementNanos);
                }
                giveBack(rows - rowsWalked);
                turnstile.leave();
            }
        }

        @Override
        public void abandoned() {
            if (reported.compareAndSet(false, true)) {
                giveBack(rows);
                turnstile.leave();
            }
        }

        /** With each step the worker is at work for half of the time. */
        private void rest(long statementNanos) {
            Duration rest = Duration.ofNanos(statementNanos * ((1L << steps) - 1));
            restUntil = clock.instant().plus(rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest);
        }

        /** A walk by blocks may have met more rows than it was granted; they are charged to the chunks that follow. */
        private void giveBack(long unused) {
            if (booked != null) {
                booked.giveBack(unused);
            }
        }
    }
}
