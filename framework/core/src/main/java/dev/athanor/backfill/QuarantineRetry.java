package dev.athanor.backfill;

import dev.athanor.catalog.KeyShape;
import dev.athanor.ledger.FencedOffException;
import dev.athanor.ledger.QuarantineLedger.BadRow;
import dev.athanor.postgres.ReactiveSession;
import dev.athanor.postgres.TransactionSettings;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Tries rows again that were set aside, as operators wish: each in a transaction with its row of the quarantine. */
final class QuarantineRetry {
    private final BackfillRun run;
    private final Ledgers ledgers;
    private final Sinks.Many<Boolean> passes = Sinks.many().unicast().onBackpressureBuffer();

    QuarantineRetry(BackfillRun run, Ledgers ledgers) {
        this.run = run;
        this.ledgers = ledgers;
    }

    /**
     * One pass now, one for each time that rows are wanted, and one when the lanes are done; never two at once.
     *
     * @param lane number under which it asks for leave: behind all lanes
     */
    Flux<BackfillEvent> events(int lane) {
        if (!(run.backfill().walk().key() instanceof KeyShape.Columns)) {
            return Flux.empty();
        }
        return passes.asFlux().startWith(true).concatWithValues(true).concatMap(any -> pass(lane), 1);
    }

    /** An operator wants rows to be tried again. */
    void wanted() {
        passes.emitNext(true, Sinks.EmitFailureHandler.busyLooping(Duration.ofSeconds(1)));
    }

    /** Nothing is left but a last pass. */
    void lanesDone() {
        passes.emitComplete(Sinks.EmitFailureHandler.busyLooping(Duration.ofSeconds(1)));
    }

    /** Whether rows are wanted that no pass has seen. */
    Mono<Boolean> leftOver() {
        return rows().map(rows -> !rows.isEmpty());
    }

    private Mono<List<BadRow>> rows() {
        long id = run.backfill().id();
        return run.persistently(run.transactions()
                .readOnly(session -> ledgers.quarantine().wanted(session, id))
                .collectList());
    }

    private Flux<BackfillEvent> pass(int lane) {
        return rows().flatMapMany(Flux::fromIterable)
                .concatMap(row -> run.mayWork() ? allowed(row, lane) : Mono.empty(), 1);
    }

    /** Waits for pauses, hours and limits like a chunk. */
    private Mono<BackfillEvent> allowed(BadRow row, int lane) {
        return Mono.defer(() -> run.desk().whenOpen())
                .then(Mono.defer(() -> run.budget().acquire(lane, true)))
                .takeUntilOther(run.forbidden())
                .flatMap(grant ->
                        (run.mayWork() ? again(row) : Mono.<BackfillEvent>empty()).doFinally(end -> grant.abandoned()));
    }

    private Mono<BackfillEvent> again(BadRow row) {
        long id = run.backfill().id();
        return run.persistently(prepared(row)
                        .flatMap(write ->
                                run.transactions().inTransaction(settings(), session -> change(session, row, write))))
                .map(changed -> (BackfillEvent) new BackfillEvent.RowReleased(id, row.range(), row.key(), changed))
                .onErrorResume(error -> {
                    Fault fault = Fault.of(error);
                    return fault == null
                            ? Mono.error(error)
                            : failed(new BadRow(row.range(), row.key(), fault.sqlState(), fault.message()));
                });
    }

    /** What writes the row; of work on rows it is read and transformed first, outside the transaction. */
    private Mono<Function<ReactiveSession, Mono<Long>>> prepared(BadRow row) {
        PreparedBackfill backfill = run.backfill();
        return backfill.rows() == null
                ? Mono.just(session -> session.execute(
                        backfill.walk().statementOfRow(), row.key().toArray(new Object[0])))
                : run.chunks().rows().one(backfill, row.key());
    }

    /** The row leaves the quarantine first: where an earlier try has succeeded, it is not there, and nothing is done. */
    private Mono<Long> change(ReactiveSession session, BadRow row, Function<ReactiveSession, Mono<Long>> write) {
        long id = run.backfill().id();
        return ledgers.backfills()
                .lock(session, id, row.range(), run.fence(), null)
                .switchIfEmpty(Mono.error(() -> new FencedOffException(run.fence())))
                .then(Mono.defer(() -> ledgers.quarantine().release(session, id, row)))
                .filter(released -> released == 1)
                .flatMap(released -> write.apply(session))
                .flatMap(changed ->
                        ledgers.quarantine().released(session, id, row, changed).thenReturn(changed));
    }

    private Mono<BackfillEvent> failed(BadRow row) {
        long id = run.backfill().id();
        return run.persistently(run.transactions()
                        .inTransaction(
                                TransactionSettings.LEDGER,
                                session -> ledgers.quarantine().failedAgain(session, id, row)))
                .thenReturn(
                        new BackfillEvent.RowQuarantined(id, row.range(), row.key(), row.sqlState(), row.message()));
    }

    private TransactionSettings settings() {
        return run.settings().transaction(run.backfill().step().options());
    }
}
