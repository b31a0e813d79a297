package dev.athanor.backfill;

import dev.athanor.backfill.ChunkRunner.Outcome;
import dev.athanor.backfill.ChunkRunner.Request;
import dev.athanor.backfill.RangeQueue.RangeFault;
import dev.athanor.ledger.BackfillLedger.DoneChunk;
import dev.athanor.ledger.BackfillLedger.StoredRange;
import dev.athanor.ledger.FencedOffException;
import dev.athanor.postgres.DatabaseException;
import dev.athanor.sql.SqlStateClass;
import dev.athanor.throttle.WorkBudget.Grant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One range from its cursor to its end, chunk after chunk, and what becomes of a chunk that fails. Its fields are touched
 * by one chunk at a time.
 */
final class RangeRun {
    private static final Duration FIRST_DELAY = Duration.ofMillis(100);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(5);

    private final BackfillRun run;
    private final ChunkLimit limit = new ChunkLimit();
    private StoredRange range;
    private long failures;
    private @Nullable Instant failingSince;
    private Duration delay = Duration.ZERO;
    private boolean over;

    RangeRun(BackfillRun run, StoredRange range) {
        this.run = run;
        this.range = range;
    }

    /** Whether the range is done, or has failed, or belongs to somebody else. */
    boolean isOver() {
        return over;
    }

    /** Waits as long as the last failure asks for. */
    Mono<Void> delay() {
        return delay.isZero()
                ? Mono.empty()
                : Mono.delay(delay, run.scheduler()).then();
    }

    /** One chunk, or what its failure leads to; never fails itself. */
    Flux<BackfillEvent> chunk(Grant grant) {
        Request request = new Request(
                run.backfill(),
                range,
                run.fence(),
                limit.of(run.backfill().rowsOf(grant.rows())),
                run.stop(),
                run.desk().version());
        return run.desk()
                .inFlight(run.recheck().over(run.chunks().run(request), request))
                .flatMapMany(outcome -> outcome(outcome, request, grant))
                .onErrorResume(error -> {
                    grant.abandoned();
                    return failed(error, request);
                });
    }

    private Flux<BackfillEvent> outcome(Outcome outcome, Request request, Grant grant) {
        if (outcome instanceof Outcome.Committed committed) {
            grant.done(committed.chunk().rowsWalked(), committed.statementNanos());
            limit.passed(committed.chunk().rowsWalked());
            return committed(committed);
        }
        grant.abandoned();
        return outcome instanceof Outcome.Moved moved
                ? moved(moved.range())
                : run.desk().refresh();
    }

    private Flux<BackfillEvent> committed(Outcome.Committed committed) {
        DoneChunk chunk = committed.chunk();
        calm();
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
    private Flux<BackfillEvent> moved(StoredRange known) {
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
        run.queue().done(range.number());
        return new BackfillEvent.RangeFinished(run.backfill().id(), range.number());
    }

    private Flux<BackfillEvent> failed(Throwable error, Request request) {
        if (error instanceof FencedOffException fencedOff) {
            over = true;
            run.fencedOff(fencedOff);
            return Flux.empty();
        }
        if (run.stop().isRequested() || run.recheck().hasEnded(error)) {
            over = true;
            return Flux.empty();
        }
        Fault fault = Fault.of(error);
        if (fault == null) {
            return fail(error, null);
        }
        SqlStateClass category = fault.category();
        if (category.retryable()) {
            return retried(fault);
        }
        if (category == SqlStateClass.DATA && fault.row() != null) {
            limit.misfits(1);
            return setAside(fault, request);
        }
        boolean byRows = run.backfill().walk().endsByRows();
        if (category == SqlStateClass.STATEMENT_TIMEOUT && limit.timedOut(request.rows())
                || category == SqlStateClass.DATA && byRows && limit.misfits(request.rows())) {
            return Flux.just(new BackfillEvent.ChunkShrunk(
                    run.backfill().id(), range.number(), fault.sqlState(), fault.message(), limit.of(request.rows())));
        }
        return category == SqlStateClass.DATA && byRows ? setAside(fault, request) : fail(error, null);
    }

    private Flux<BackfillEvent> retried(Fault fault) {
        failures++;
        if (!isPatient()) {
            if (fault.error() instanceof DatabaseException && fault.category() == SqlStateClass.TRANSIENT) {
                run.giveUp();
            }
            return fail(fault.error(), fault.row());
        }
        delay = backOff();
        return Flux.just(new BackfillEvent.ChunkRetried(
                run.backfill().id(), range.number(), fault.sqlState(), fault.message(), failures, delay));
    }

    /** The row that is known to be at fault, or the one row of the chunk, does not fit. */
    private Flux<BackfillEvent> setAside(Fault misfit, Request request) {
        return run.chunks()
                .setAside(request, misfit, run.desk().skipLimit())
                .flatMapMany(outcome -> {
                    if (outcome instanceof Outcome.SetAside aside) {
                        Flux<BackfillEvent> told = committed(new Outcome.Committed(aside.chunk(), 0));
                        return Flux.<BackfillEvent>just(new BackfillEvent.RowQuarantined(
                                        run.backfill().id(),
                                        range.number(),
                                        aside.chunk().upper(),
                                        misfit.sqlState(),
                                        misfit.message()))
                                .concatWith(told);
                    }
                    if (outcome instanceof Outcome.TooMany tooMany) {
                        return fail(misfit.error(), tooMany.row());
                    }
                    return outcome instanceof Outcome.Moved moved
                            ? moved(moved.range())
                            : run.desk().refresh();
                })
                .onErrorResume(
                        error -> error instanceof DatabaseException database
                                && !database.category().retryable(),
                        error -> fail(error, null))
                .onErrorResume(error -> failed(error, request));
    }

    private Flux<BackfillEvent> fail(Throwable error, @Nullable List<String> row) {
        over = true;
        return run.rangeFailed(new RangeFault(range, error, row))
                .thenMany(Flux.just(new BackfillEvent.RangeFailed(
                        run.backfill().id(), range.number(), String.valueOf(error.getMessage()))));
    }

    private void calm() {
        failures = 0;
        failingSince = null;
        delay = Duration.ZERO;
    }

    private boolean isPatient() {
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
