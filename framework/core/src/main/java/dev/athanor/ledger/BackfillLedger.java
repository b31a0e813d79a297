package dev.athanor.ledger;

import static dev.athanor.sql.QualifiedName.quote;

import dev.athanor.postgres.ReactiveSession;
import dev.athanor.postgres.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The rows of a backfill: itself, its ranges with their cursors, its recent chunks. Every method works in the session,
 * and so in the transaction, of its caller; that is what makes data and cursor move together.
 */
public final class BackfillLedger {
    /** Chunk records kept per range: enough to see the last minutes, few enough to stay in a handful of pages. */
    private static final int CHUNKS_KEPT = 64;

    private final String backfill;
    private final String range;
    private final String chunk;
    private final String quarantine;

    /** Uses the tables of this state schema (unquoted name). */
    public BackfillLedger(String stateSchema) {
        this.backfill = quote(stateSchema) + ".backfill";
        this.range = quote(stateSchema) + ".backfill_range";
        this.chunk = quote(stateSchema) + ".backfill_chunk";
        this.quarantine = quote(stateSchema) + ".quarantine";
    }

    /** The backfill of this section of this revision, if it was ever begun. */
    public Mono<StoredBackfill> find(ReactiveSession session, String revision, int ordinal) {
        return session.query(
                        "SELECT id, key_columns, rows_estimated, state, checksum FROM " + backfill
                                + " WHERE revision_id = $1 AND ordinal = $2",
                        row -> new StoredBackfill(
                                row.number("id"),
                                Objects.requireNonNull(row.texts("key_columns")),
                                row.number("rows_estimated"),
                                "done".equals(row.string("state")),
                                row.text("checksum")),
                        revision,
                        ordinal)
                .next();
    }

    /** Writes a new backfill; its id. */
    public Mono<Long> create(ReactiveSession session, NewBackfill created) {
        return session.query(
                        "INSERT INTO " + backfill
                                + " (revision_id, ordinal, name, table_name, key_columns, state, rows_estimated, checksum)"
                                + " VALUES ($1, $2, $3, $4, $5, 'running', $6, $7) RETURNING id",
                        row -> row.number("id"),
                        created.revision(),
                        created.ordinal(),
                        created.name(),
                        created.table(),
                        created.keyColumns().toArray(String[]::new),
                        created.rowsEstimated(),
                        created.checksum())
                .single();
    }

    /**
     * Forgets a backfill of which no chunk was ever committed, so that it can begin anew with another statement.
     *
     * @return 1, or 0 when a chunk was, or when a newer owner has it
     */
    public Mono<Long> forget(ReactiveSession session, long backfillId, Fence fence) {
        return session.execute(
                "DELETE FROM " + backfill + " WHERE id = $1 AND NOT EXISTS (SELECT FROM " + range
                        + " WHERE backfill_id = $1 AND (cursor_key IS NOT NULL OR fencing_token > $2))",
                backfillId,
                fence.token());
    }

    /** Writes one range of a new backfill. */
    public Mono<Long> addRange(ReactiveSession session, long backfillId, NewRange added, Fence fence) {
        return session.execute(
                "INSERT INTO " + range + " (backfill_id, range_no, lower_key, upper_key, fencing_token)"
                        + " VALUES ($1, $2, $3, $4, $5)",
                backfillId,
                added.number(),
                key(added.lower()),
                key(added.upper()),
                fence.token());
    }

    /** All ranges in order. */
    public Flux<StoredRange> ranges(ReactiveSession session, long backfillId) {
        return session.query(
                "SELECT range_no, lower_key, upper_key, cursor_key, state, rows_walked, rows_changed FROM " + range
                        + " WHERE backfill_id = $1 ORDER BY range_no",
                BackfillLedger::stored,
                backfillId);
    }

    /** The ranges that wait to be worked on. */
    public Flux<StoredRange> pending(ReactiveSession session, long backfillId) {
        return session.query(
                "SELECT range_no, lower_key, upper_key, cursor_key, state, rows_walked, rows_changed FROM " + range
                        + " WHERE backfill_id = $1 AND state = 'pending' ORDER BY range_no",
                BackfillLedger::stored,
                backfillId);
    }

    /**
     * Takes every range over for this fence and sets failed ones back to pending. Never from a newer owner: then this is
     * empty of effect, and the first chunk is fenced off.
     */
    public Mono<Long> adopt(ReactiveSession session, long backfillId, Fence fence) {
        return session.execute(
                        "UPDATE " + range + " SET fencing_token = $2,"
                                + " state = CASE state WHEN 'done' THEN state ELSE 'pending' END,"
                                + " error = NULL, failed_key = NULL, sqlstate = NULL"
                                + " WHERE backfill_id = $1 AND fencing_token <= $2",
                        backfillId,
                        fence.token())
                .then(mark(session, backfillId, Mark.RUNNING, fence));
    }

    /**
     * Locks a range until the transaction ends.
     *
     * @param lookup is answered in the same round trip; null: nothing
     * @return where it stands; empty when a newer owner has it
     */
    public Mono<LockedRange> lock(
            ReactiveSession session, long backfillId, int number, Fence fence, @Nullable Lookup lookup) {
        List<Object> parameters = new ArrayList<>(lookup == null ? List.of() : lookup.parameters());
        int before = parameters.size();
        parameters.addAll(List.of(backfillId, number, fence.token()));
        String id = "$" + (before + 1);
        return session.query(
                        "SELECT range_no, lower_key, upper_key, cursor_key, state, rows_walked, rows_changed,"
                                + " (SELECT control_version FROM " + backfill + " WHERE id = " + id
                                + ") AS control_version, "
                                + (lookup == null ? "NULL::text[]" : "(" + lookup.sql() + ")")
                                + " AS athanor_found FROM "
                                + range + " WHERE backfill_id = " + id + " AND range_no = $" + (before + 2)
                                + " AND fencing_token = $" + (before + 3) + " FOR UPDATE",
                        row -> new LockedRange(stored(row), row.number("control_version"), row.texts("athanor_found")),
                        parameters.toArray())
                .next();
    }

    /** Moves a locked range's cursor over a chunk and writes the chunk's record; 1 row, or 0 when fenced off. */
    public Mono<Long> advance(ReactiveSession session, DoneChunk done, Fence fence) {
        return session.query(
                        "WITH moved AS (UPDATE " + range + " SET cursor_key = $4, rows_walked = rows_walked + $5,"
                                + " rows_changed = rows_changed + $6, chunks = chunks + 1, attempts = 0, error = NULL,"
                                + " state = CASE WHEN $7 THEN 'done' ELSE 'running' END, updated_at = clock_timestamp()"
                                + " WHERE backfill_id = $1 AND range_no = $2 AND fencing_token = $3 RETURNING chunks)"
                                + " INSERT INTO " + chunk
                                + " (backfill_id, range_no, chunk_no, lower_key, upper_key, rows_walked, rows_changed,"
                                + " statement_ms, fencing_token) SELECT $1, $2, chunks, $8, $4, $5, $6, $9, $3"
                                + " FROM moved RETURNING chunk_no",
                        row -> row.number("chunk_no"),
                        done.backfillId(),
                        done.range(),
                        fence.token(),
                        key(done.upper()),
                        done.rowsWalked(),
                        done.rowsChanged(),
                        done.last(),
                        key(done.lower()),
                        done.statementMillis())
                .next()
                .flatMap(written -> written % CHUNKS_KEPT == 0
                        ? prune(session, done, written - CHUNKS_KEPT).thenReturn(1L)
                        : Mono.just(1L))
                .defaultIfEmpty(0L);
    }

    private Mono<Long> prune(ReactiveSession session, DoneChunk done, long last) {
        return session.execute(
                "DELETE FROM " + chunk + " WHERE backfill_id = $1 AND range_no = $2 AND chunk_no <= $3",
                done.backfillId(),
                done.range(),
                last);
    }

    /** Records that the range has failed and why. */
    public Mono<Long> fail(ReactiveSession session, long backfillId, RangeFailure failure, Fence fence) {
        return session.execute(
                "UPDATE " + range + " SET state = 'failed', attempts = attempts + 1, error = $4, sqlstate = $5,"
                        + " failed_key = $6, updated_at = clock_timestamp()"
                        + " WHERE backfill_id = $1 AND range_no = $2 AND fencing_token = $3",
                backfillId,
                failure.range(),
                fence.token(),
                failure.error(),
                failure.sqlState() == null ? ReactiveSession.NULL_TEXT : failure.sqlState(),
                key(failure.row()));
    }

    /**
     * Sets the state of the whole backfill, unless a newer owner has ranges of it. It is not done while an operator wants
     * rows of it to be tried again.
     */
    public Mono<Long> mark(ReactiveSession session, long backfillId, Mark mark, Fence fence) {
        return session.execute(
                "UPDATE " + backfill + " SET state = $2, finished_at = CASE WHEN $2 = 'done' THEN clock_timestamp() END"
                        + " WHERE id = $1 AND state <> 'done' AND NOT ($2 = 'done' AND EXISTS (SELECT FROM "
                        + quarantine + " WHERE backfill_id = $1 AND retry)) AND NOT EXISTS (SELECT FROM " + range
                        + " WHERE backfill_id = $1 AND fencing_token > $3)",
                backfillId,
                mark.name().toLowerCase(java.util.Locale.ROOT),
                fence.token());
    }

    private static Object key(@Nullable List<String> key) {
        return key == null ? ReactiveSession.NULL_TEXTS : key.toArray(String[]::new);
    }

    private static StoredRange stored(Row row) {
        return new StoredRange(
                (int) row.number("range_no"),
                row.texts("lower_key"),
                Objects.requireNonNull(row.texts("upper_key")),
                row.texts("cursor_key"),
                "done".equals(row.string("state")),
                row.number("rows_walked"),
                row.number("rows_changed"));
    }

    /** States of a whole backfill. */
    public enum Mark {
        /** A process works on it. */
        RUNNING,
        /** Ended at a clean checkpoint by wish. */
        STOPPED,
        /** A range failed. */
        FAILED,
        /** Ended by an operator. */
        CANCELLED,
        /** Every range is done. */
        DONE
    }

    /**
     * A range under its lock.
     *
     * @param controlVersion commands of operators so far
     * @param found what the lookup gave; null for nothing
     */
    public record LockedRange(
            StoredRange range,
            long controlVersion,
            @Nullable List<String> found) {}

    /** A query of at most one row with one {@code text[]}, and the values of {@code $1}, {@code $2} … in it. */
    public record Lookup(String sql, List<Object> parameters) {}

    /**
     * Why a range has failed.
     *
     * @param row key of the one row at which it stands; null: not one row's fault
     */
    public record RangeFailure(
            int range,
            String error,
            @Nullable String sqlState,
            @Nullable List<String> row) {}

    /** A backfill as the ledger knows it. */
    public record StoredBackfill(
            long id,
            List<String> keyColumns,
            long rowsEstimated,
            boolean done,
            @Nullable String checksum) {}

    /** A range as the ledger knows it; keys as texts, lower and cursor null where there is none. */
    public record StoredRange(
            int number,
            @Nullable List<String> lower,
            List<String> upper,
            @Nullable List<String> cursor,
            boolean done,
            long rowsWalked,
            long rowsChanged) {}

    /** A backfill to be written. */
    public record NewBackfill(
            String revision,
            int ordinal,
            String name,
            String table,
            List<String> keyColumns,
            long rowsEstimated,
            String checksum) {}

    /** A range to be written: above lower (null: from the first key), up to and with upper. */
    public record NewRange(int number, @Nullable List<String> lower, List<String> upper) {}

    /** A chunk that is about to be committed. */
    public record DoneChunk(
            long backfillId,
            int range,
            @Nullable List<String> lower,
            List<String> upper,
            long rowsWalked,
            long rowsChanged,
            long statementMillis,
            boolean last) {}
}
