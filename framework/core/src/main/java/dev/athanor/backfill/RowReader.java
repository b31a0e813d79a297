package dev.athanor.backfill;

import dev.athanor.backfill.ChunkRunner.Outcome;
import dev.athanor.backfill.ChunkRunner.Request;
import dev.athanor.postgres.ReactiveSession;
import dev.athanor.postgres.ReactiveTransactions;
import dev.athanor.postgres.Row;
import dev.athanor.postgres.TransactionSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.function.Tuple2;

/** Reads rows that are to be worked on, in short transactions of their own. */
final class RowReader {
    private final ReactiveTransactions here;
    private final ChunkGate gate;
    private final EngineSettings settings;
    private final Clock clock;

    RowReader(ReactiveTransactions here, ChunkGate gate, EngineSettings settings, Clock clock) {
        this.here = here;
        this.gate = gate;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * The rows of a chunk.
     *
     * @param outcome why there is nothing to do now; null: there is
     * @param end empty when the range ends first
     * @param walked rows between the bounds, those that the condition leaves out included
     * @param nanos time of reading them, without the search for the end, which may wait for the range
     */
    record Found(@Nullable Outcome outcome, Optional<List<String>> end, long walked, List<SourceRow> rows, long nanos) {
        static Found nothing(Outcome outcome) {
            return new Found(outcome, Optional.empty(), 0, List.of(), 0);
        }

        /** About how many rows are walked when so many of those read are done. */
        long walkedBy(int done) {
            return rows.isEmpty() ? 0 : walked * done / rows.size();
        }
    }

    /** Looks at the range first, so that nothing is transformed in vain. */
    Mono<Found> find(Request request) {
        ReactiveTransactions reader = request.backfill().reader();
        TransactionSettings bounds = settings(request.backfill());
        if (reader == here) {
            return here.inTransaction(
                    bounds,
                    session -> with(settings(session, request), gate.locate(session, request))
                            .flatMap(located -> located.outcome() != null
                                    ? Mono.just(Found.nothing(located.outcome()))
                                    : rows(session, request, located.end())));
        }
        return here.inTransaction(bounds, session -> gate.lock(session, request))
                .flatMap(outcome -> outcome.map(Found::nothing)
                        .map(Mono::just)
                        .orElseGet(() -> reader.inTransaction(
                                bounds,
                                session -> with(settings(session, request), end(session, request))
                                        .flatMap(end -> rows(session, request, end)))));
    }

    private static Mono<Boolean> settings(ReactiveSession session, Request request) {
        return with(
                session.script(RowSql.SETTINGS).thenReturn(true),
                request.backfill().walk().settings(session));
    }

    /** The second of two that travel together, in this order. */
    private static <T> Mono<T> with(Mono<Boolean> first, Mono<T> second) {
        return Mono.zip(first, second).map(Tuple2::getT2);
    }

    /** Where the chunk ends; empty when the range ends first. */
    private static Mono<Optional<List<String>>> end(ReactiveSession session, Request request) {
        return request.backfill()
                .walk()
                .end(session, request.lower(), request.range().upper(), request.rows())
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty());
    }

    private Mono<Found> rows(ReactiveSession session, Request request, Optional<List<String>> end) {
        return Mono.defer(() -> rows(session, request, end, clock.instant()));
    }

    private Mono<Found> rows(ReactiveSession session, Request request, Optional<List<String>> end, Instant start) {
        PreparedBackfill backfill = request.backfill();
        @Nullable List<String> lower = request.lower();
        List<String> upper = end.orElse(request.range().upper());
        boolean versioned = backfill.rowSql().isVersioned();
        Mono<RowBatch> oneByOne = Mono.defer(() -> session.query(
                        backfill.rowSql().read(lower != null),
                        row -> row(backfill, row, versioned),
                        Walk.parameters(lower, upper, request.rows() + 1L))
                .collect(() -> new RowBatch(request.rows()), RowBatch::add));
        Mono<RowBatch> read = backfill.pace().readsAtOnce()
                ? new RowsAtOnce(backfill.rowSql())
                        .read(session, lower, upper, request.rows())
                        .switchIfEmpty(
                                Mono.fromRunnable(backfill.pace()::foundLongRow).then(oneByOne))
                : oneByOne;
        return read.flatMap(batch -> found(session, request, end, batch, start));
    }

    private Mono<Found> found(
            ReactiveSession session, Request request, Optional<List<String>> full, RowBatch batch, Instant start) {
        Optional<List<String>> end = batch.isCut() ? Optional.of(batch.last()) : full;
        Mono<Long> counted = full.isPresent() && !batch.isCut()
                ? Mono.just((long) request.rows())
                : request.backfill().step().options().where() == null
                        ? Mono.just((long) batch.rows().size())
                        : request.backfill()
                                .walk()
                                .count(
                                        session,
                                        request.lower(),
                                        end.orElse(request.range().upper()));
        return counted.map(walked -> {
            request.backfill().pace().read(walked, batch.isFull());
            return new Found(null, end, walked, batch.rows(), nanosSince(start));
        });
    }

    /** Rows of a chunk that ends early. */
    Mono<Long> walked(Request request, List<String> upper, int rows) {
        PreparedBackfill backfill = request.backfill();
        return backfill.step().options().where() == null
                ? Mono.just((long) rows)
                : backfill.reader()
                        .inTransaction(
                                settings(backfill), session -> backfill.walk().count(session, request.lower(), upper));
    }

    /** Those of the rows that are not as they were read, by their index: as they are now, or empty when they are gone. */
    Mono<Map<Integer, Optional<SourceRow>>> changed(Request request, List<String> upper, List<RowChange> changes) {
        PreparedBackfill backfill = request.backfill();
        @Nullable List<String> lower = request.lower();
        List<Object> values = new ArrayList<>();
        new RowWriter(backfill.rowSql()).read(changes, values);
        return here.inTransaction(
                settings(backfill),
                session -> Mono.zip(
                                backfill.walk().settings(session),
                                session.script(RowSql.SETTINGS).thenReturn(true))
                        .then(Mono.defer(() -> session.query(
                                        backfill.rowSql().changed(lower != null),
                                        row -> changed(backfill, row, changes),
                                        Walk.parameters(lower, upper, values.toArray()))
                                .collect(
                                        TreeMap<Integer, Optional<SourceRow>>::new,
                                        (map, one) -> map.put(one.getKey(), one.getValue())))));
    }

    private static Map.Entry<Integer, Optional<SourceRow>> changed(
            PreparedBackfill backfill, Row row, List<RowChange> changes) {
        int index = (int) row.number("athanor_n") - 1;
        List<String> key = changes.get(index).row().key();
        return Map.entry(
                index,
                row.flag("athanor_there")
                        ? Optional.of(new SourceRow(
                                backfill.rowSql().reads(),
                                key,
                                values(backfill.rowSql(), row, RowSql.CHANGED_VALUES),
                                null))
                        : Optional.empty());
    }

    /** The row of a key; none when it is gone, or the condition leaves it out. */
    Mono<List<SourceRow>> one(PreparedBackfill backfill, List<String> key) {
        return backfill.reader()
                .inTransaction(
                        settings(backfill),
                        session -> session.script(RowSql.SETTINGS)
                                .then(Mono.defer(() -> session.query(
                                                backfill.rowSql().readOne(),
                                                row -> row(backfill, row, false),
                                                key.toArray(new Object[0]))
                                        .collectList())));
    }

    private static SourceRow row(PreparedBackfill backfill, Row row, boolean versioned) {
        RowSql sql = backfill.rowSql();
        return new SourceRow(
                sql.reads(),
                backfill.walk().readKey(row),
                values(sql, row, sql.width()),
                versioned ? row.text(sql.width() + sql.reads().size()) : null);
    }

    /** The columns read stand together, from a place on. */
    private static @Nullable String[] values(RowSql sql, Row row, int first) {
        @Nullable String[] values = new String[sql.reads().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = row.text(first + i);
        }
        return values;
    }

    private TransactionSettings settings(PreparedBackfill backfill) {
        return settings.transaction(backfill.step().options());
    }

    private long nanosSince(Instant start) {
        return Duration.between(start, clock.instant()).toNanos();
    }
}
