package dev.athanor.backfill;

import dev.athanor.backfill.ChunkRunner.Outcome;
import dev.athanor.backfill.ChunkRunner.Request;
import dev.athanor.ledger.BackfillLedger;
import dev.athanor.ledger.BackfillLedger.DoneChunk;
import dev.athanor.ledger.BackfillLedger.LockedRange;
import dev.athanor.ledger.BackfillLedger.Lookup;
import dev.athanor.ledger.BackfillLedger.StoredRange;
import dev.athanor.ledger.FencedOffException;
import dev.athanor.postgres.ReactiveSession;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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
        return lock(session, request, null).map(known -> Optional.ofNullable(obstacle(known, request)));
    }

    /**
     * Where a chunk ends.
     *
     * @param outcome why there is nothing to do now; null: there is
     * @param end empty when the range ends first
     */
    record Located(@Nullable Outcome outcome, Optional<List<String>> end) {}

    /** Locks the range and finds where the chunk ends, in one round trip. */
    Mono<Located> locate(ReactiveSession session, Request request) {
        Walk walk = request.backfill().walk();
        List<String> upper = request.range().upper();
        Lookup lookup = walk.lookup(request.lower(), upper, request.rows());
        return lock(session, request, lookup)
                .map(known -> new Located(
                        obstacle(known, request),
                        lookup == null
                                ? walk.lastBlock(request.lower(), upper, request.rows())
                                : Optional.ofNullable(known.found())));
    }

    private Mono<LockedRange> lock(ReactiveSession session, Request request, @Nullable Lookup lookup) {
        return ledger.lock(session, request.backfill().id(), request.range().number(), request.fence(), lookup)
                .switchIfEmpty(Mono.error(() -> fencedOff(request)));
    }

    private static @Nullable Outcome obstacle(LockedRange known, Request request) {
        StoredRange range = known.range();
        if (range.done() || !Objects.equals(range.cursor(), request.range().cursor())) {
            return new Outcome.Moved(range);
        }
        return known.controlVersion() == request.controlVersion() ? null : new Outcome.Commanded();
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
