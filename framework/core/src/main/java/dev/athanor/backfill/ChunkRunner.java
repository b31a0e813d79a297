package dev.athanor.backfill;

import dev.athanor.ledger.BackfillLedger;
import dev.athanor.ledger.BackfillLedger.DoneChunk;
import dev.athanor.ledger.BackfillLedger.LockedRange;
import dev.athanor.ledger.BackfillLedger.StoredRange;
import dev.athanor.ledger.Fence;
import dev.athanor.ledger.FencedOffException;
import dev.athanor.ledger.QuarantineLedger;
import dev.athanor.ledger.QuarantineLedger.BadRow;
import dev.athanor.postgres.DatabaseException;
import dev.athanor.postgres.ReactiveSession;
import dev.athanor.postgres.ReactiveTransactions;
import dev.athanor.postgres.TransactionSettings;
import dev.athanor.source.BackfillOptions;
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
    private final QuarantineLedger quarantine;
    private final EngineSettings settings;
    private final Clock clock;
    private final Scheduler scheduler;

    ChunkRunner(
            ReactiveTransactions transactions,
            Ledgers ledgers,
            EngineSettings settings,
            Clock clock,
            Scheduler scheduler) {
        this.transactions = transactions;
        this.ledger = ledgers.backfills();
        this.quarantine = ledgers.quarantine();
        this.settings = settings;
        this.clock = clock;
        this.scheduler = scheduler;
    }

    /**
     * One chunk.
     *
     * @param range where this process believes the range stands
     * @param rows how many rows the chunk should hold
     * @param controlVersion commands of operators that are known
     */
    record Request(
            PreparedBackfill backfill, StoredRange range, Fence fence, int rows, StopSignal stop, long controlVersion) {
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

        /** There are commands of operators to be obeyed first; nothing was done. */
        record Commanded() implements Outcome {}

        /** The one row of the chunk is in quarantine, and the cursor has moved over it. */
        record SetAside(DoneChunk chunk) implements Outcome {}

        /** The one row of the chunk would be one more than may be set aside; nothing was done. */
        record TooMany(List<String> row) implements Outcome {}
    }

    Mono<Outcome> run(Request request) {
        return transactions
                .inTransaction(transaction(request.backfill().step().options()), session -> within(session, request))
                .doOnNext(outcome -> {
                    if (outcome instanceof Outcome.Committed) {
                        reached(ChunkPoint.COMMITTED, request);
                    }
                });
    }

    /** The transaction of a chunk, or of one row of it that is tried again. */
    TransactionSettings transaction(BackfillOptions options) {
        return new TransactionSettings(
                options.lockTimeout() == null ? settings.lockTimeout() : options.lockTimeout(),
                options.statementTimeout(),
                settings.idleTimeout());
    }

    /**
     * Sets the one row of a chunk aside instead of changing it.
     *
     * @param limit rows of this backfill that may be set aside in all
     */
    Mono<Outcome> setAside(Request request, DatabaseException misfit, long limit) {
        return transactions.inTransaction(
                transaction(request.backfill().step().options()),
                session -> located(session, request).flatMap(found -> {
                    if (found.outcome() != null) {
                        return Mono.just(found.outcome());
                    }
                    List<String> row = found.end().orElse(request.range().upper());
                    BadRow bad = new BadRow(
                            request.range().number(),
                            row,
                            Objects.requireNonNullElse(misfit.sqlState(), ""),
                            String.valueOf(misfit.getMessage()));
                    return quarantine
                            .add(session, request.backfill().id(), bad, limit)
                            .flatMap(added ->
                                    added == 1 ? passOver(session, request, row) : Mono.just(new Outcome.TooMany(row)));
                }));
    }

    private Mono<Outcome> passOver(ReactiveSession session, Request request, List<String> row) {
        DoneChunk passed = new DoneChunk(
                request.backfill().id(),
                request.range().number(),
                request.lower(),
                row,
                1,
                0,
                0,
                row.equals(request.range().upper()));
        return ledger.advance(session, passed, request.fence())
                .flatMap(
                        moved -> moved == 1 ? Mono.just(new Outcome.SetAside(passed)) : Mono.error(fencedOff(request)));
    }

    private Mono<Outcome> within(ReactiveSession session, Request request) {
        return located(session, request).flatMap(found -> {
            if (found.outcome() != null) {
                return Mono.just(found.outcome());
            }
            reached(ChunkPoint.LOCKED, request);
            return change(session, request, found.end());
        });
    }

    /**
     * Where a chunk ends.
     *
     * @param outcome why there is nothing to do now; null: there is
     * @param end empty when the range ends first
     */
    private record Located(@Nullable Outcome outcome, Optional<List<String>> end) {}

    private Mono<Located> located(ReactiveSession session, Request request) {
        Mono<Optional<LockedRange>> locked = ledger.lock(
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
                .map(found -> {
                    LockedRange known = found.getT2().orElseThrow(() -> fencedOff(request));
                    StoredRange range = known.range();
                    if (range.done()
                            || !Objects.equals(range.cursor(), request.range().cursor())) {
                        return new Located(new Outcome.Moved(range), found.getT3());
                    }
                    return new Located(
                            known.controlVersion() == request.controlVersion() ? null : new Outcome.Commanded(),
                            found.getT3());
                });
    }

    private void reached(ChunkPoint point, Request request) {
        settings.probe().reached(point, request.backfill().id(), request.range().number());
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
            reached(ChunkPoint.CHANGED, request);
            DoneChunk done = new DoneChunk(
                    backfill.id(),
                    request.range().number(),
                    lower,
                    upper,
                    upper.equals(Walk.EVERY_BLOCK) ? run.changed() : rows,
                    run.changed(),
                    Duration.ofNanos(run.nanos()).toMillis(),
                    end.isEmpty());
            return ledger.advance(session, done, request.fence()).flatMap(moved -> {
                reached(ChunkPoint.ADVANCED, request);
                return moved == 1
                        ? Mono.just(new Outcome.Committed(done, run.nanos()))
                        : Mono.error(fencedOff(request));
            });
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
