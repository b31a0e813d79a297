package dev.athanor.backfill;

import dev.athanor.backfill.ChunkGate.Located;
import dev.athanor.ledger.BackfillLedger;
import dev.athanor.ledger.BackfillLedger.DoneChunk;
import dev.athanor.ledger.BackfillLedger.StoredRange;
import dev.athanor.ledger.Fence;
import dev.athanor.ledger.QuarantineLedger;
import dev.athanor.ledger.QuarantineLedger.BadRow;
import dev.athanor.postgres.DatabaseException;
import dev.athanor.postgres.ReactiveSession;
import dev.athanor.postgres.ReactiveTransactions;
import dev.athanor.sql.SqlStateClass;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.function.Tuple2;

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
    private final ChunkGate gate;
    private final RowRunner rows;

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
        this.gate = new ChunkGate(ledger, settings, scheduler);
        this.rows = new RowRunner(transactions, gate, settings, clock, scheduler);
    }

    /** Chunks whose rows are worked on in the JVM. */
    RowRunner rows() {
        return rows;
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

        /** The same for fewer rows. */
        Request of(int fewer) {
            return new Request(backfill, range, fence, fewer, stop, controlVersion);
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
        Mono<Outcome> chunk = request.backfill().rows() != null ? rows.run(request) : statement(request);
        return chunk.doOnNext(outcome -> {
            if (outcome instanceof Outcome.Committed) {
                gate.reached(ChunkPoint.COMMITTED, request);
            }
        });
    }

    /** A chunk of one row that fails, at its statement or at its commit, says which row that was. */
    private Mono<Outcome> statement(Request request) {
        return Mono.defer(() -> {
            AtomicReference<@Nullable List<String>> row = new AtomicReference<>();
            return transactions
                    .inTransaction(
                            settings.transaction(request.backfill().step().options()),
                            session -> within(session, request, row))
                    .onErrorMap(
                            DatabaseException.class,
                            error -> row.get() != null && error.category() == SqlStateClass.DATA
                                    ? RowFaultException.misfit(row.get(), error)
                                    : error);
        });
    }

    /**
     * Sets a row aside instead of changing it: the one whose fault it is, or the one row of the chunk.
     *
     * @param limit rows of this backfill that may be set aside in all
     */
    Mono<Outcome> setAside(Request request, Fault misfit, long limit) {
        return transactions.inTransaction(
                settings.transaction(request.backfill().step().options()),
                session -> located(session, request).flatMap(found -> {
                    if (found.outcome() != null) {
                        return Mono.just(found.outcome());
                    }
                    List<String> known = misfit.row();
                    if (known != null
                            && request.backfill().rows() == null
                            && !known.equals(found.end().orElse(null))) {
                        // rows have come or gone in front of it: another chunk of one row finds out how things are
                        return Mono.just(new Outcome.Moved(request.range()));
                    }
                    List<String> row =
                            known == null ? found.end().orElse(request.range().upper()) : known;
                    BadRow bad = new BadRow(request.range().number(), row, misfit.sqlState(), misfit.message());
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
        return gate.advance(session, request, passed, 0).thenReturn(new Outcome.SetAside(passed));
    }

    private Mono<Outcome> within(
            ReactiveSession session, Request request, AtomicReference<@Nullable List<String>> row) {
        return located(session, request).flatMap(found -> {
            if (found.outcome() != null) {
                return Mono.just(found.outcome());
            }
            if (request.rows() == 1 && request.backfill().walk().endsByRows()) {
                row.set(found.end().orElse(null));
            }
            gate.reached(ChunkPoint.LOCKED, request);
            return change(session, request, found.end());
        });
    }

    /** Of work on rows the end is found before, perhaps in another database; the row at fault is known there. */
    private Mono<Located> located(ReactiveSession session, Request request) {
        Mono<Located> located = request.backfill().rows() != null
                ? gate.lock(session, request).map(outcome -> new Located(outcome.orElse(null), Optional.empty()))
                : gate.locate(session, request);
        // zip subscribes to all at once, so both travel in one round trip, in this order
        return Mono.zip(request.backfill().walk().settings(session), located).map(Tuple2::getT2);
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
            gate.reached(ChunkPoint.CHANGED, request);
            DoneChunk done = new DoneChunk(
                    backfill.id(),
                    request.range().number(),
                    lower,
                    upper,
                    upper.equals(Walk.EVERY_BLOCK) ? run.changed() : rows,
                    run.changed(),
                    Duration.ofNanos(run.nanos()).toMillis(),
                    end.isEmpty());
            return gate.advance(session, request, done, run.nanos());
        }));
    }

    private record Run(long changed, long nanos) {}

    private Mono<Run> timed(ReactiveSession session, Request request, List<String> upper) {
        @Nullable List<String> lower = request.lower();
        return Mono.defer(() -> {
            Instant start = clock.instant();
            Mono<Long> statement =
                    session.execute(request.backfill().walk().statement(lower != null), Walk.parameters(lower, upper));
            return gate.stoppable(session, statement, request.stop())
                    .map(changed -> new Run(
                            changed, Duration.between(start, clock.instant()).toNanos()));
        });
    }
}
