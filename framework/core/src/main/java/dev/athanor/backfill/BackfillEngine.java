package dev.athanor.backfill;

import dev.athanor.ledger.BackfillLedger;
import dev.athanor.ledger.Fence;
import dev.athanor.ledger.FencedOffException;
import dev.athanor.plan.Step.BackfillStep;
import dev.athanor.postgres.DatabaseException;
import dev.athanor.postgres.ReactiveSession;
import dev.athanor.postgres.ReactiveTransactions;
import dev.athanor.postgres.TransactionSettings;
import dev.athanor.source.BackfillOptions;
import dev.athanor.throttle.Pace;
import dev.athanor.throttle.PacedBudget;
import dev.athanor.throttle.WorkBudget;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;
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
    private final ReactiveTransactions transactions;
    private final BackfillLedger ledger;
    private final EngineSettings settings;
    private final Clock clock;
    private final Scheduler scheduler;
    private final Preparation preparation;
    private final ChunkRunner chunks;

    /**
     * An engine.
     *
     * @param transactions connections to the database; as many as workers, and one more
     * @param ledger where cursors are kept, on the same server
     * @param settings what backfills do that say nothing else
     * @param clock measures statements
     * @param scheduler waits between tries and for the rate
     */
    public BackfillEngine(
            ReactiveTransactions transactions,
            BackfillLedger ledger,
            EngineSettings settings,
            Clock clock,
            Scheduler scheduler) {
        this.transactions = transactions;
        this.ledger = ledger;
        this.settings = settings;
        this.clock = clock;
        this.scheduler = scheduler;
        this.preparation = new Preparation(transactions, ledger, settings);
        this.chunks = new ChunkRunner(transactions, ledger, settings, clock, scheduler);
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
     * {@code stop} was requested.
     *
     * @return events; an error is a {@link BackfillFailedException} after the other ranges have reached their next
     *     commit, or a {@link FencedOffException} at once
     */
    public Flux<BackfillEvent> run(PreparedBackfill backfill, Fence fence, StopSignal stop) {
        return Flux.defer(() -> new BackfillRun(this, backfill, fence, stop).events());
    }

    WorkBudget budget(BackfillStep step) {
        BackfillOptions options = step.options();
        Duration target = options.targetChunkTime();
        return PacedBudget.of(
                new Pace(
                        workersOf(step),
                        options.chunkSize(),
                        target == null ? settings.targetChunkTime() : target,
                        options.maxRowsPerSecond()),
                clock,
                scheduler);
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

    private Retry passingFaults() {
        Duration first = Duration.ofMillis(100);
        Duration longest = Duration.ofSeconds(5);
        return Retry.backoff(settings.patience().dividedBy(longest) + 1, first)
                .maxBackoff(longest)
                .scheduler(scheduler)
                .filter(e -> e instanceof DatabaseException database
                        && database.category().retryable())
                .onRetryExhaustedThrow((retry, signal) -> signal.failure());
    }

    ReactiveTransactions transactions() {
        return transactions;
    }

    BackfillLedger ledger() {
        return ledger;
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
