package dev.athanor.backfill;

import dev.athanor.backfill.ChunkRunner.Outcome;
import dev.athanor.backfill.ChunkRunner.Request;
import dev.athanor.ledger.BackfillLedger.DoneChunk;
import dev.athanor.ledger.BackfillLedger.StoredRange;
import dev.athanor.ledger.FencedOffException;
import dev.athanor.postgres.DatabaseException;
import dev.athanor.throttle.WorkBudget.Grant;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One range from its cursor to its end, chunk after chunk. Its fields are touched by one chunk at a time: the next one
 * is subscribed only when the one before has completed.
 */
final class RangeRun {
    private static final Duration FIRST_DELAY = Duration.ofMillis(100);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(5);

    private final BackfillRun run;
    private StoredRange range;
    private long failures;
    private @Nullable Instant failingSince;
    private Duration delay = Duration.ZERO;
    private boolean over;

    RangeRun(BackfillRun run, StoredRange range) {
        this.run = run;
        this.range = range;
    }

    Flux<BackfillEvent> events() {
        return Flux.defer(() -> goesOn() ? next() : Flux.empty()).repeat(this::goesOn);
    }

    private boolean goesOn() {
        return !over && run.goesOn();
    }

    private Flux<BackfillEvent> next() {
        Mono<Grant> leave = delay.isZero()
                ? run.budget().acquire(0, true)
                : Mono.delay(delay, run.scheduler()).then(run.budget().acquire(0, true));
        return leave.takeUntilOther(run.stop().whenRequested())
                .flatMapMany(
                        grant -> chunk(grant).doOnError(e -> grant.abandoned()).doOnCancel(grant::abandoned))
                .onErrorResume(this::failed);
    }

    private Flux<BackfillEvent> chunk(Grant grant) {
        return run.chunks()
                .run(new Request(run.backfill(), range, run.fence(), grant.rows(), run.stop()))
                .flatMapMany(outcome -> outcome instanceof Outcome.Committed committed
                        ? committed(committed, grant)
                        : moved((Outcome.Moved) outcome, grant));
    }

    private Flux<BackfillEvent> committed(Outcome.Committed committed, Grant grant) {
        DoneChunk chunk = committed.chunk();
        grant.done(chunk.rowsWalked(), committed.statementNanos());
        failures = 0;
        failingSince = null;
        delay = Duration.ZERO;
        range = new StoredRange(
                range.number(),
                range.lower(),
                range.upper(),
                chunk.upper(),
                chunk.last(),
                range.rowsWalked() + chunk.rowsWalked(),
                range.rowsChanged() + chunk.rowsChanged());
        BackfillEvent event = new BackfillEvent.ChunkCommitted(
                chunk.backfillId(),
                chunk.range(),
                chunk.upper(),
                chunk.rowsWalked(),
                chunk.rowsChanged(),
                Duration.ofNanos(committed.statementNanos()));
        return chunk.last() ? Flux.just(event, finished()) : Flux.just(event);
    }

    /** An ambiguous commit is settled by the ledger: what it says is taken over, events included. */
    private Flux<BackfillEvent> moved(Outcome.Moved moved, Grant grant) {
        grant.abandoned();
        StoredRange known = moved.range();
        BackfillEvent event = new BackfillEvent.ChunkCommitted(
                run.backfill().id(),
                known.number(),
                known.cursor() == null ? known.upper() : known.cursor(),
                known.rowsWalked() - range.rowsWalked(),
                known.rowsChanged() - range.rowsChanged(),
                Duration.ZERO);
        range = known;
        delay = Duration.ZERO;
        return known.done() ? Flux.just(event, finished()) : Flux.just(event);
    }

    private BackfillEvent finished() {
        over = true;
        return new BackfillEvent.RangeFinished(run.backfill().id(), range.number());
    }

    private Flux<BackfillEvent> failed(Throwable error) {
        if (error instanceof FencedOffException fencedOff) {
            over = true;
            run.fencedOff(fencedOff);
            return Flux.empty();
        }
        if (run.stop().isRequested()) {
            over = true;
            return Flux.empty();
        }
        failures++;
        String cause = String.valueOf(error.getMessage());
        if (error instanceof DatabaseException database && database.category().retryable() && patient()) {
            delay = backOff();
            return Flux.just(new BackfillEvent.ChunkRetried(
                    run.backfill().id(), range.number(), stateOf(database), cause, failures, delay));
        }
        over = true;
        return run.rangeFailed(range, error)
                .thenMany(Flux.just(new BackfillEvent.RangeFailed(run.backfill().id(), range.number(), cause)));
    }

    private static String stateOf(DatabaseException error) {
        String state = error.sqlState();
        return state == null ? "" : state;
    }

    private boolean patient() {
        Instant now = run.clock().instant();
        if (failingSince == null) {
            failingSince = now;
        }
        Integer bound = run.backfill().step().options().retries();
        return Duration.between(failingSince, now).compareTo(run.patience()) < 0
                && (bound == null || failures <= bound);
    }

    /** Exponential with jitter over its upper half, so that ranges that failed together do not come back together. */
    private Duration backOff() {
        int doublings = (int) Math.min(failures - 1, 10);
        long full = Math.min(LONGEST_DELAY.toMillis(), FIRST_DELAY.toMillis() << doublings);
        return Duration.ofMillis(full / 2 + (long) (run.nextJitter() * full / 2));
    }
}
