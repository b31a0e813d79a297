package dev.athanor.backfill;

import dev.athanor.ledger.BackfillLedger;
import dev.athanor.ledger.BackfillLedger.DoneChunk;
import dev.athanor.ledger.BackfillLedger.StoredRange;
import dev.athanor.ledger.Fence;
import dev.athanor.ledger.FencedOffException;
import dev.athanor.postgres.ReactiveSession;
import dev.athanor.postgres.ReactiveTransactions;
import dev.athanor.postgres.TransactionSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Runs exactly one chunk: one transaction that holds the user's statement, the range's cursor and the chunk's record.
 * Whatever dies, either all of it is there or nothing.
 */
final class ChunkRunner {
    private final ReactiveTransactions transactions;
    private final BackfillLedger ledger;
    private final EngineSettings settings;
    private final Clock clock;
    private final Scheduler scheduler;

    ChunkRunner(
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
    }

    /**
     * One chunk.
     *
     * @param range where this process believes the range stands
     * @param rows how many rows the chunk should hold
     */
    record Request(PreparedBackfill backfill, StoredRange range, Fence fence, int rows, StopSignal stop) {
        @Nullable
        List<String> lower() {
            return range.cursor() == null ? range.lower() : range.cursor();
        }
    }

    /** What came of it. */
    sealed interface Outcome {
        /** The chunk is durable. */
        record Committed(DoneChunk chunk, long statementNanos) implements Outcome {}

        /**
         * The ledger knows better where the range stands, because an earlier commit succeeded whose answer was lost;
         * nothing was done.
         */
        record Moved(StoredRange range) implements Outcome {}
    }

    Mono<Outcome> run(Request request) {
        var options = request.backfill().step().options();
        TransactionSettings transaction = new TransactionSettings(
                options.lockTimeout() == null ? settings.lockTimeout() : options.lockTimeout(),
                options.statementTimeout(),
                settings.idleTimeout());
        return transactions.inTransaction(transaction, session -> within(session, request));
    }

    private Mono<Outcome> within(ReactiveSession session, Request request) {
        Mono<Optional<StoredRange>> locked = ledger.lock(
                        session, request.backfill().id(), request.range().number(), request.fence())
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty());
        Mono<Optional<List<String>>> end = request.backfill()
                .walk()
                .end(session, request.lower(), request.range().upper(), request.rows())
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty());
        // zip subscribes to all at once, so all travel in one round trip, in this order
        return Mono.zip(request.backfill().walk().settings(session), locked, end)
                .flatMap(found -> {
                    StoredRange range = found.getT2().orElseThrow(() -> fencedOff(request));
                    if (range.done()
                            || !Objects.equals(range.cursor(), request.range().cursor())) {
                        return Mono.just(new Outcome.Moved(range));
                    }
                    return change(session, request, found.getT3());
                });
    }

    private Mono<Outcome> change(ReactiveSession session, Request request, Optional<List<String>> end) {
        PreparedBackfill backfill = request.backfill();
        @Nullable List<String> lower = request.lower();
        List<String> upper = end.orElse(request.range().upper());
        // the sweep looks at the whole table again; only what it changes is walked for the first time
        Mono<Long> walked = upper.equals(Walk.EVERY_BLOCK)
                        || end.isPresent() && backfill.walk().endsByRows()
                ? Mono.just((long) request.rows())
                : backfill.walk().count(session, lower, upper);
        return walked.flatMap(rows -> timed(session, request, upper).flatMap(run -> {
            DoneChunk done = new DoneChunk(
                    backfill.id(),
                    request.range().number(),
                    lower,
                    upper,
                    upper.equals(Walk.EVERY_BLOCK) ? run.changed() : rows,
                    run.changed(),
                    Duration.ofNanos(run.nanos()).toMillis(),
                    end.isEmpty());
            return ledger.advance(session, done, request.fence())
                    .flatMap(moved -> moved == 1
                            ? Mono.just(new Outcome.Committed(done, run.nanos()))
                            : Mono.error(fencedOff(request)));
        }));
    }

    private record Run(long changed, long nanos) {}

    private Mono<Run> timed(ReactiveSession session, Request request, List<String> upper) {
        @Nullable List<String> lower = request.lower();
        return Mono.defer(() -> {
            Instant start = clock.instant();
            Mono<Long> statement =
                    session.execute(request.backfill().walk().statement(lower != null), Walk.parameters(lower, upper));
            return Flux.merge(statement, cancelWhenStopped(session, request.stop()))
                    .next()
                    .map(changed -> new Run(
                            changed, Duration.between(start, clock.instant()).toNanos()));
        });
    }

    /** Disposing a subscription would not end the statement on the server. */
    private Mono<Long> cancelWhenStopped(ReactiveSession session, StopSignal stop) {
        return stop.whenRequested()
                .then(Mono.delay(settings.stopGrace(), scheduler))
                .then(session.cancel())
                .then(Mono.never());
    }

    private static FencedOffException fencedOff(Request request) {
        return new FencedOffException(request.fence());
    }
}
