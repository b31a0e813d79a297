package dev.athanor.backfill;

import dev.athanor.backfill.ChunkRunner.Outcome;
import dev.athanor.backfill.ChunkRunner.Request;
import dev.athanor.ledger.BackfillLedger;
import dev.athanor.ledger.BackfillLedger.DoneChunk;
import dev.athanor.ledger.BackfillLedger.StoredRange;
import dev.athanor.ledger.FencedOffException;
import dev.athanor.postgres.ReactiveSession;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** What the transaction of every chunk begins and ends with, whatever is done in between. */
final class ChunkGate {
    private final BackfillLedger ledger;
    private final EngineSettings settings;
    private final Scheduler scheduler;

    ChunkGate(BackfillLedger ledger, EngineSettings settings, Scheduler scheduler) {
        this.ledger = ledger;
        this.settings = settings;
        this.scheduler = scheduler;
    }

    /** Locks the range; empty when the chunk may go on, else what is the matter; fails when a newer owner has it. */
    Mono<Optional<Outcome>> lock(ReactiveSession session, Request request) {
        return ledger.lock(session, request.backfill().id(), request.range().number(), request.fence())
                .switchIfEmpty(Mono.error(() -> fencedOff(request)))
                .map(known -> {
                    StoredRange range = known.range();
                    if (range.done()
                            || !Objects.equals(range.cursor(), request.range().cursor())) {
                        return Optional.of(new Outcome.Moved(range));
                    }
                    return known.controlVersion() == request.controlVersion()
                            ? Optional.empty()
                            : Optional.of(new Outcome.Commanded());
                });
    }

    /** Moves the cursor; fails when a newer owner has the range. */
    Mono<Outcome> advance(ReactiveSession session, Request request, DoneChunk done, long nanos) {
        return ledger.advance(session, done, request.fence()).flatMap(moved -> {
            reached(ChunkPoint.ADVANCED, request);
            return moved == 1 ? Mono.just(new Outcome.Committed(done, nanos)) : Mono.error(fencedOff(request));
        });
    }

    /** A statement that is ended some time after a stop is asked for: disposing a subscription would not end it. */
    Mono<Long> stoppable(ReactiveSession session, Mono<Long> statement, StopSignal stop) {
        Mono<Long> cancel = stop.whenRequested()
                .then(Mono.delay(settings.stopGrace(), scheduler))
                .then(session.cancel())
                .then(Mono.never());
        return Flux.merge(statement, cancel).next();
    }

    void reached(ChunkPoint point, Request request) {
        settings.probe().reached(point, request.backfill().id(), request.range().number());
    }

    static FencedOffException fencedOff(Request request) {
        return new FencedOffException(request.fence());
    }

    static long millis(long nanos) {
        return Duration.ofNanos(nanos).toMillis();
    }
}
