package dev.athanor.ledger;

import static dev.athanor.sql.QualifiedName.quote;

import dev.athanor.postgres.ReactiveSession;
import java.util.List;
import java.util.Objects;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The rows that were set aside. Every method works in the session, and so in the transaction, of its caller. */
public final class QuarantineLedger {
    private final String backfill;
    private final String range;
    private final String quarantine;

    /** Uses the tables of this state schema (unquoted name). */
    public QuarantineLedger(String stateSchema) {
        this.backfill = quote(stateSchema) + ".backfill";
        this.range = quote(stateSchema) + ".backfill_range";
        this.quarantine = quote(stateSchema) + ".quarantine";
    }

    /**
     * Sets a row aside, unless that would be more than are allowed. Ranges do this one after the other, so that the limit
     * holds over all of them.
     *
     * @return rows set aside: 1, or 0 when the limit is reached
     */
    public Mono<Long> add(ReactiveSession session, long backfillId, BadRow row, long limit) {
        return session.query("SELECT id FROM " + backfill + " WHERE id = $1 FOR UPDATE", found -> 1, backfillId)
                .then(session.execute(
                        "WITH added AS (INSERT INTO " + quarantine
                                + " (backfill_id, range_no, row_key, sqlstate, message) SELECT $1, $2, $3, $4, $5"
                                + " WHERE (SELECT count(*) FROM " + quarantine + " WHERE backfill_id = $1) < $6"
                                + " ON CONFLICT (backfill_id, row_key) DO UPDATE SET sqlstate = excluded.sqlstate,"
                                + " message = excluded.message RETURNING 1) UPDATE " + range
                                + " SET rows_quarantined = rows_quarantined + 1 FROM added"
                                + " WHERE backfill_id = $1 AND range_no = $2",
                        backfillId,
                        row.range(),
                        row.key().toArray(String[]::new),
                        row.sqlState(),
                        row.message(),
                        limit));
    }

    /** Rows that an operator wants to be tried again. */
    public Flux<BadRow> wanted(ReactiveSession session, long backfillId) {
        return session.query(
                "SELECT range_no, row_key, sqlstate, message FROM " + quarantine
                        + " WHERE backfill_id = $1 AND retry ORDER BY id",
                row -> new BadRow(
                        (int) row.number("range_no"),
                        Objects.requireNonNull(row.texts("row_key")),
                        row.string("sqlstate"),
                        row.string("message")),
                backfillId);
    }

    /**
     * Takes a row back, before it is changed and in the same transaction.
     *
     * @return 1, or 0 when it was taken back before, and so changed before
     */
    public Mono<Long> release(ReactiveSession session, long backfillId, BadRow row) {
        return session.execute(
                "DELETE FROM " + quarantine + " WHERE backfill_id = $1 AND row_key = $2",
                backfillId,
                row.key().toArray(String[]::new));
    }

    /** Counts a row that was taken back, and whether it was changed. */
    public Mono<Long> released(ReactiveSession session, long backfillId, BadRow row, long changed) {
        return session.execute(
                "UPDATE " + range + " SET rows_quarantined = rows_quarantined - 1, rows_changed = rows_changed + $3"
                        + " WHERE backfill_id = $1 AND range_no = $2",
                backfillId,
                row.range(),
                changed);
    }

    /** Notes that another try has failed like the one before, or in another way. */
    public Mono<Long> failedAgain(ReactiveSession session, long backfillId, BadRow row) {
        return session.execute(
                "UPDATE " + quarantine + " SET retry = false, attempts = attempts + 1, sqlstate = $3, message = $4"
                        + " WHERE backfill_id = $1 AND row_key = $2",
                backfillId,
                row.key().toArray(String[]::new),
                row.sqlState(),
                row.message());
    }

    /**
     * A row whose data does not fit.
     *
     * @param range in which it was met
     * @param key its key as texts
     * @param sqlState why
     * @param message why, in the server's words
     */
    public record BadRow(int range, List<String> key, String sqlState, String message) {
        public BadRow {
            key = List.copyOf(key);
        }
    }
}
