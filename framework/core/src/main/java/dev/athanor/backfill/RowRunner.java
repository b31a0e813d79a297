package dev.athanor.backfill;

import dev.athanor.backfill.ChunkRunner.Outcome;
import dev.athanor.backfill.ChunkRunner.Request;
import dev.athanor.backfill.RowReader.Found;
import dev.athanor.backfill.RowWriter.ChangedException;
import dev.athanor.ledger.BackfillLedger.DoneChunk;
import dev.athanor.migration.RowTransform;
import dev.athanor.postgres.DatabaseException;
import dev.athanor.postgres.ReactiveSession;
import dev.athanor.postgres.ReactiveTransactions;
import dev.athanor.sql.SqlStateClass;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Runs one chunk whose rows are worked on in the JVM: reads them, transforms them while nothing is open on any server, and
 * writes them in the transaction that moves the cursor, provided that they are still as they were read.
 */
final class RowRunner {
    /** Times that rows changed meanwhile are read again before the chunk is made smaller. */
    private static final int TRIES = 3;

    private final ReactiveTransactions here;
    private final ChunkGate gate;
    private final EngineSettings settings;
    private final Clock clock;
    private final Scheduler scheduler;
    private final RowReader reader;

    RowRunner(ReactiveTransactions here, ChunkGate gate, EngineSettings settings, Clock clock, Scheduler scheduler) {
        this.here = here;
        this.gate = gate;
        this.settings = settings;
        this.clock = clock;
        this.scheduler = scheduler;
        this.reader = new RowReader(here, gate, settings, clock);
    }

    Mono<Outcome> run(Request request) {
        return reader.find(request)
                .flatMap(found -> {
                    if (found.outcome() != null) {
                        return Mono.just(found.outcome());
                    }
                    gate.reached(ChunkPoint.READ, request);
                    return paced(request.backfill(), found)
                            .takeUntilOther(request.stop().whenRequested())
                            .flatMap(transformed -> end(request, found, transformed))
                            .flatMap(chunk -> written(chunk, TRIES))
                            // a stop in the middle: what was transformed is given up
                            .switchIfEmpty(Mono.just(new Outcome.Commanded()));
                })
                .onErrorMap(ChangedException.class, e -> RowFaultException.changing(request.rows()));
    }

    private Mono<Transformed> paced(PreparedBackfill backfill, Found found) {
        if (found.rows().isEmpty()) {
            backfill.pace().tookNothing();
        }
        return Mono.defer(() -> {
            Instant start = clock.instant();
            return transformed(backfill, found.rows())
                    .doOnNext(done -> backfill.pace()
                            .took(found.walkedBy(done.rows()), Duration.between(start, clock.instant())));
        });
    }

    private Mono<Transformed> transformed(PreparedBackfill backfill, List<SourceRow> rows) {
        RowSql sql = backfill.rowSql();
        RowTransform transform = sql.work().transform();
        return transform == null
                ? Mono.fromSupplier(() -> Transformed.copied(rows, sql.writes().size()))
                : new TransformStage(transform, sql.work().concurrency(), sql.writes(), scheduler).apply(rows);
    }

    /**
     * A chunk that is ready to be written.
     *
     * @param walked rows between its bounds
     * @param last whether the range ends with it
     */
    private record Chunk(
            Request request, List<String> upper, long walked, boolean last, List<RowChange> changes, long nanos) {
        Chunk with(List<RowChange> others) {
            return new Chunk(request, upper, walked, last, others, nanos);
        }
    }

    /** The chunk ends behind the last row before which all are transformed. */
    private Mono<Chunk> end(Request request, Found found, Transformed transformed) {
        gate.reached(ChunkPoint.TRANSFORMED, request);
        int done = transformed.rows();
        if (done == found.rows().size()) {
            List<String> upper = found.end().orElse(request.range().upper());
            return Mono.just(new Chunk(
                    request, upper, found.walked(), found.end().isEmpty(), transformed.changes(), found.nanos()));
        }
        if (done == 0) {
            return Mono.error(Objects.requireNonNull(transformed.fault()));
        }
        List<String> upper = found.rows().get(done - 1).key();
        return reader.walked(request, upper, done)
                .map(walked -> new Chunk(request, upper, walked, false, transformed.changes(), found.nanos()));
    }

    /** One transaction; when rows were changed meanwhile, nothing of it, and those rows are done again. */
    private Mono<Outcome> written(Chunk chunk, int tries) {
        Request request = chunk.request();
        return here.inTransaction(
                        settings.transaction(request.backfill().step().options()),
                        session -> Mono.zip(
                                        request.backfill().walk().settings(session),
                                        session.script(RowSql.SETTINGS).thenReturn(true),
                                        gate.lock(session, request))
                                .flatMap(ready -> ready.getT3()
                                        .map(Mono::just)
                                        .orElseGet(() -> write(session, chunk, tries == TRIES))))
                .onErrorMap(DatabaseException.class, error -> unfit(error, chunk))
                .onErrorResume(
                        ChangedException.class,
                        error -> tries == 0
                                ? Mono.error(error)
                                : again(chunk).flatMap(mended -> written(mended, tries - 1)));
    }

    private static Throwable unfit(DatabaseException error, Chunk chunk) {
        return error.category() == SqlStateClass.DATA && chunk.changes().size() == 1
                ? RowFaultException.unfit(chunk.changes().get(0).row().key(), error)
                : error;
    }

    /** By the versions of its rows at first: a version changes with any column, so afterwards the columns read decide. */
    private Mono<Outcome> write(ReactiveSession session, Chunk chunk, boolean byVersion) {
        Request request = chunk.request();
        gate.reached(ChunkPoint.LOCKED, request);
        return Mono.defer(() -> {
            Instant start = clock.instant();
            Mono<Long> statement = new RowWriter(request.backfill().rowSql())
                    .write(session, request.lower(), chunk.upper(), chunk.changes(), byVersion);
            return gate.stoppable(session, statement, request.stop()).flatMap(changed -> {
                gate.reached(ChunkPoint.CHANGED, request);
                long nanos =
                        chunk.nanos() + Duration.between(start, clock.instant()).toNanos();
                DoneChunk done = new DoneChunk(
                        request.backfill().id(),
                        request.range().number(),
                        request.lower(),
                        chunk.upper(),
                        chunk.walked(),
                        changed,
                        ChunkGate.millis(nanos),
                        chunk.last());
                return gate.advance(session, request, done, nanos);
            });
        });
    }

    /** The chunk with the rows that are not as they were read transformed anew, and without those that are gone. */
    private Mono<Chunk> again(Chunk chunk) {
        Request request = chunk.request();
        return reader.changed(request, chunk.upper(), chunk.changes()).flatMap(changed -> {
            List<SourceRow> there = changed.values().stream()
                    .flatMap(java.util.Optional::stream)
                    .toList();
            return transformed(request.backfill(), there)
                    .takeUntilOther(request.stop().whenRequested())
                    .flatMap(mended -> mended.rows() < there.size()
                            ? Mono.error(new ChangedException())
                            : Mono.just(chunk.with(mended.replacing(chunk.changes(), changed.keySet()))));
        });
    }

    /** What writes one row that was set aside, which is read and transformed first. */
    Mono<Function<ReactiveSession, Mono<Long>>> one(PreparedBackfill backfill, List<String> key) {
        return reader.one(backfill, key)
                .flatMap(rows -> transformed(backfill, rows).flatMap(transformed -> {
                    RowFaultException fault = transformed.fault();
                    if (fault != null) {
                        return Mono.error(fault);
                    }
                    List<RowChange> changes = transformed.changes();
                    return Mono.just((Function<ReactiveSession, Mono<Long>>) session -> session.script(RowSql.SETTINGS)
                            .then(new RowWriter(backfill.rowSql()).write(session, null, key, changes, false))
                            .onErrorMap(ChangedException.class, e -> RowFaultException.changing(1)));
                }));
    }
}
