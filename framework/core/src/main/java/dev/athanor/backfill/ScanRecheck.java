package dev.athanor.backfill;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.backfill.BackfillEvent.ChunkCommitted;
import dev.athanor.backfill.ChunkRunner.Outcome;
import dev.athanor.backfill.ChunkRunner.Request;
import dev.athanor.ledger.BackfillLedger.StoredRange;
import dev.athanor.plan.Step.BackfillStep;
import dev.athanor.postgres.DatabaseException;
import dev.athanor.postgres.TransactionSettings;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Asks the planner again in the middle of a run, and ends it when each chunk would read the whole table now. */
final class ScanRecheck {
    private final BackfillRun run;
    private final ScanWatch watch;
    private final Sinks.One<ScanFound> ended = Sinks.one();
    private final Sinks.Many<ChunkCommitted> suspects = Sinks.many().multicast().directBestEffort();

    ScanRecheck(BackfillRun run) {
        this.run = run;
        this.watch = new ScanWatch(run.clock());
    }

    /** Hears all events of the run, one at a time. */
    void heard(BackfillEvent event) {
        if (event instanceof ChunkCommitted chunk && watch.isSuspicious(chunk)) {
            suspects.tryEmitNext(chunk);
        }
    }

    /** Asks as long as the run goes on; gives no events. */
    Flux<BackfillEvent> events() {
        return suspects.asFlux().takeUntilOther(run.ended()).concatMap(this::ask, 1);
    }

    /**
     * The chunk; while it takes far longer than is usual, the planner is asked about it, too. When it reads the whole table,
     * the chunk is rolled back, and so are the others: each might take hours.
     */
    Mono<Outcome> over(Mono<Outcome> chunk, Request request) {
        if (run.backfill().walk().table().rows() <= ScanGuard.SMALL_TABLE_ROWS
                || request.range().upper().equals(Walk.EVERY_BLOCK)) {
            return chunk;
        }
        Mono<Outcome> alarm = Mono.defer(() -> Flux.interval(watch.longestChunk(), ScanWatch.BETWEEN, run.scheduler())
                .onBackpressureDrop()
                .filter(tick -> watch.mayAsk())
                .concatMap(tick -> ask(request.range(), "this one was not done when it was given up"), 1)
                .then(Mono.never()));
        return Mono.firstWithSignal(chunk, alarm, ended.asMono().flatMap(Mono::error));
    }

    /** Whether an error is how chunks hear of the end. */
    boolean hasEnded(Throwable error) {
        return error instanceof ScanFound;
    }

    private Mono<BackfillEvent> ask(ChunkCommitted chunk) {
        return Flux.fromIterable(run.backfill().stored())
                .filter(range -> range.number() == chunk.range())
                .next()
                .flatMap(range -> ask(
                        ScanWatch.behind(chunk, range),
                        "the last chunk took " + chunk.statement().toMillis() + " ms"));
    }

    private Mono<BackfillEvent> ask(StoredRange range, String observed) {
        PreparedBackfill backfill = run.backfill();
        BackfillStep step = backfill.step();
        EngineSettings settings = run.settings();
        TransactionSettings looking = new TransactionSettings(settings.lockTimeout(), null, settings.idleTimeout());
        return new ScanGuard(backfill.reader(), looking)
                .check(step, backfill.subject(), range)
                .onErrorResume(DatabaseException.class, e -> Mono.empty())
                .onErrorResume(BackfillRefusedException.class, e -> {
                    run.end(failure(step, observed, e));
                    ended.tryEmitValue(new ScanFound());
                    return Mono.empty();
                })
                .then(Mono.empty());
    }

    /** Ends chunks that run; the run has its reason already. */
    private static final class ScanFound extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static AthanorException failure(BackfillStep step, String observed, BackfillRefusedException refusal) {
        return new AthanorException(
                FailureKind.FAILED,
                "chunk_scans_table",
                refusal.getMessage() + " It did not when the backfill began; " + observed
                        + ". What is done stays done.",
                "See whether the index of the key is gone or invalid, or statistics are; then: athanor resume "
                        + step.revision());
    }
}
