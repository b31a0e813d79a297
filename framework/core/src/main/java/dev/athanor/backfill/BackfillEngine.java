package dev.athanor.backfill;

import dev.athanor.ledger.BackfillLedger;
import dev.athanor.ledger.Control;
import dev.athanor.ledger.ControlLedger;
import dev.athanor.ledger.Fence;
import dev.athanor.ledger.FencedOffException;
import dev.athanor.ledger.QuarantineLedger;
import dev.athanor.plan.Step.BackfillStep;
import dev.athanor.postgres.ReactiveSession;
import dev.athanor.postgres.ReactiveTransactions;
import dev.athanor.postgres.TransactionSettings;
import dev.athanor.source.BackfillOptions;
import dev.athanor.source.RunWindow;
import dev.athanor.throttle.HealthBudget;
import dev.athanor.throttle.HealthBudget.Health;
import dev.athanor.throttle.Pace;
import dev.athanor.throttle.WorkBudget;
import dev.athanor.throttle.WorkingHours;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/**
 * The reactive chunk engine: changes all rows of a table, each exactly once, in many short transactions, while the
 * application keeps writing. Cold publishers: nothing happens before someone subscribes.
 *
 * <p>Reading order: {@link #prepare}, {@link #run}, then {@code BackfillRun} (ranges side by side), {@code RangeRun}
 * (chunk after chunk), {@code ChunkRunner} (one chunk, one transaction).
 */
public final class BackfillEngine {
    /** The most workers that operators can set, each with a connection of its own: far beyond where a server gains. */
    public static final int MOST_WORKERS_SET = 64;

    private final ReactiveTransactions transactions;
    private final Sources sources;
    private final Ledgers ledgers;
    private final EngineSettings settings;
    private final Clock clock;
    private final Scheduler scheduler;
    private final Preparation preparation;
    private final ChunkRunner chunks;

    /**
     * An engine.
     *
     * @param transactions connections to the database; as many as workers, and one more
     * @param stateSchema where cursors are kept, on the same server (unquoted name)
     * @param settings what backfills do that say nothing else
     * @param clock measures statements
     * @param scheduler waits between tries and for the rate
     */
    public BackfillEngine(
            ReactiveTransactions transactions,
            String stateSchema,
            EngineSettings settings,
            Clock clock,
            Scheduler scheduler) {
        this(new Sources(transactions, Map.of()), stateSchema, settings, clock, scheduler);
    }

    /**
     * An engine that can copy from other databases.
     *
     * @param sources the database that it works on, and the others by name
     */
    public BackfillEngine(
            Sources sources, String stateSchema, EngineSettings settings, Clock clock, Scheduler scheduler) {
        this.transactions = sources.here();
        this.sources = sources;
        this.ledgers = new Ledgers(
                new BackfillLedger(stateSchema), new ControlLedger(stateSchema), new QuarantineLedger(stateSchema));
        this.settings = settings;
        this.clock = clock;
        this.scheduler = scheduler;
        this.preparation = new Preparation(sources, ledgers.backfills(), settings);
        this.chunks = new ChunkRunner(transactions, ledgers, settings, clock, scheduler);
    }

    /**
     * Makes a backfill ready: finds the key, refuses what would be unsafe ({@link BackfillRefusedException}), splits the
     * table into ranges; or finds the ranges of an earlier run again and takes them over for this fence.
     */
    public Mono<PreparedBackfill> prepare(BackfillStep step, Fence fence) {
        return preparation.prepare(step, fence).retryWhen(passingFaults());
    }

    /**
     * Runs a prepared backfill to its end. Completes when every range is done, or at a clean checkpoint after
     * {@code stop} was requested. While an operator has it paused, it waits.
     *
     * @return events; an error is a {@link BackfillFailedException} when all other ranges are done, a
     *     {@link BackfillCancelledException} after the chunks in progress, or a {@link FencedOffException} at once
     */
    public Flux<BackfillEvent> run(PreparedBackfill backfill, Fence fence, StopSignal stop) {
        return Flux.defer(() -> new BackfillRun(this, backfill, fence, stop).events());
    }

    WorkBudget budget(PreparedBackfill backfill, Control.Pace set) {
        BackfillStep step = backfill.step();
        RunWindow window = step.options().window();
        WorkingHours hours =
                window == null ? WorkingHours.ALWAYS : new WorkingHours(window.toString(), window::untilOpen);
        Health health =
                new Health(settings.throttle(), transactions, step.table().quoted(), hours);
        return HealthBudget.of(pace(step, set), health, clock, scheduler);
    }

    /** The pace of the directive and the defaults, under what operators have set. */
    Pace pace(BackfillStep step, Control.Pace set) {
        BackfillOptions options = step.options();
        Integer size = set.chunkSize() == null ? options.chunkSize() : set.chunkSize();
        Long cap = set.maxRowsPerSecond() == null ? options.maxRowsPerSecond() : set.maxRowsPerSecond();
        int workers = set.workers() == null ? workersOf(step) : set.workers();
        return new Pace(
                Math.min(workers, lanesOf(step)),
                size == null || size == 0 ? null : size,
                first(set.targetChunkTime(), options.targetChunkTime(), settings.targetChunkTime()),
                cap == null || cap == 0 ? null : cap);
    }

    private static Duration first(@Nullable Duration set, @Nullable Duration said, Duration otherwise) {
        if (set != null) {
            return set;
        }
        return said == null ? otherwise : said;
    }

    /** Lanes that a run opens: as many as operators may ever ask for. */
    int lanesOf(BackfillStep step) {
        return Math.max(workersOf(step), MOST_WORKERS_SET);
    }

    /** Chunks that run at once. */
    public int workersOf(BackfillStep step) {
        Integer workers = step.options().workers();
        return workers == null ? settings.workers() : workers;
    }

    /** Small writes to the ledger that must outlast a restart of the server. */
    Mono<Long> durably(Function<ReactiveSession, Mono<Long>> work) {
        return transactions
                .inTransaction(TransactionSettings.SERVER_DEFAULTS, work)
                .retryWhen(passingFaults());
    }

    Retry passingFaults() {
        Duration first = Duration.ofMillis(100);
        Duration longest = Duration.ofSeconds(5);
        return Retry.backoff(settings.patience().dividedBy(longest) + 1, first)
                .maxBackoff(longest)
                .scheduler(scheduler)
                .filter(Fault::isPassing)
                .onRetryExhaustedThrow((retry, signal) -> signal.failure());
    }

    ReactiveTransactions transactions() {
        return transactions;
    }

    BackfillLedger ledger() {
        return ledgers.backfills();
    }

    Ledgers ledgers() {
        return ledgers;
    }

    EngineSettings settings() {
        return settings;
    }

    ChunkRunner chunks() {
        return chunks;
    }

    Clock clock() {
        return clock;
    }

    Scheduler scheduler() {
        return scheduler;
    }
}
