package dev.athanor.backfill;

import dev.athanor.catalog.KeyShape;
import dev.athanor.ledger.FencedOffException;
import dev.athanor.ledger.QuarantineLedger.BadRow;
import dev.athanor.postgres.ReactiveSession;
import dev.athanor.postgres.TransactionSettings;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Tries rows again that were set aside, as operators wish: each in a transaction with its row of the quarantine. */
final class QuarantineRetry {
    private final BackfillRun run;
    private final Ledgers ledgers;

    QuarantineRetry(BackfillRun run, Ledgers ledgers) {
        this.run = run;
        this.ledgers = ledgers;
    }

    Flux<BackfillEvent> events() {
        long id = run.backfill().id();
        if (!(run.backfill().walk().key() instanceof KeyShape.Columns)) {
            return Flux.empty();
        }
        return run.transactions()
                .readOnly(session -> ledgers.quarantine().wanted(session, id))
                .collectList()
                .flatMapMany(Flux::fromIterable)
                .concatMap(row -> run.mayWork() ? again(row) : Mono.empty(), 1);
    }

    /** Not while paused: then it waits like a chunk. */
    private Mono<BackfillEvent> again(BadRow row) {
        long id = run.backfill().id();
        return run.desk()
                .whenOpen()
                .then(run.persistently(prepared(row)
                        .flatMap(write ->
                                run.transactions().inTransaction(settings(), session -> change(session, row, write)))))
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

    private Mono<Long> change(ReactiveSession session, BadRow row, Function<ReactiveSession, Mono<Long>> write) {
        long id = run.backfill().id();
        return ledgers.backfills()
                .lock(session, id, row.range(), run.fence())
                .switchIfEmpty(Mono.error(() -> new FencedOffException(run.fence())))
                .then(Mono.defer(() -> write.apply(session)))
                .flatMap(changed ->
                        ledgers.quarantine().release(session, id, row, changed).thenReturn(changed));
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
