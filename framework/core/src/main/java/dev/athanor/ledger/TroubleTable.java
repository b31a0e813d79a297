package dev.athanor.ledger;

import dev.athanor.ledger.BackfillTrouble.FailedRange;
import dev.athanor.ledger.BackfillTrouble.QuarantinedRow;
import dev.athanor.postgres.Row;
import dev.athanor.postgres.Session;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads failed ranges, rows set aside and commands; an older state schema, too, which has fewer columns. */
final class TroubleTable {
    private final String schema;

    TroubleTable(StateSchema schema) {
        this.schema = schema.quoted();
    }

    BackfillTrouble read(Session session, long backfill, int rows) {
        return new BackfillTrouble(
                failed(session, backfill), quarantined(session, backfill, rows), commands(session, backfill, rows));
    }

    List<FailedRange> failed(Session session, long backfill) {
        return session.query(
                "SELECT range_no, coalesce(error, '') AS error, coalesce(to_jsonb(r) ->> 'sqlstate', '') AS sqlstate,"
                        + " CASE WHEN jsonb_typeof(to_jsonb(r) -> 'failed_key') = 'array' THEN"
                        + " ARRAY(SELECT jsonb_array_elements_text(to_jsonb(r) -> 'failed_key')) END AS failed_key"
                        + " FROM " + schema
                        + ".backfill_range r WHERE backfill_id = ? AND state = 'failed' ORDER BY range_no",
                row -> new FailedRange(
                        (int) row.number("range_no"),
                        row.string("error"),
                        row.string("sqlstate"),
                        row.texts("failed_key")),
                backfill);
    }

    private List<QuarantinedRow> quarantined(Session session, long backfill, int rows) {
        return session.query(
                "SELECT range_no, row_key, sqlstate, message, quarantined_at,"
                        + " coalesce((to_jsonb(q) ->> 'retry')::boolean, false) AS retry,"
                        + " coalesce((to_jsonb(q) ->> 'attempts')::integer, 1) AS attempts FROM " + schema
                        + ".quarantine q WHERE backfill_id = ? ORDER BY id LIMIT ?",
                row -> new QuarantinedRow(
                        (int) row.number("range_no"),
                        Objects.requireNonNull(row.texts("row_key")),
                        row.string("sqlstate"),
                        row.string("message"),
                        row.flag("retry"),
                        (int) row.number("attempts"),
                        row.instant("quarantined_at")),
                backfill,
                rows);
    }

    private List<GivenCommand> commands(Session session, long backfill, int rows) {
        return select(session, "backfill_id = ? ORDER BY id DESC LIMIT ?", backfill, rows);
    }

    Optional<GivenCommand> command(Session session, long id) {
        return select(session, "id = ?", id).stream().findFirst();
    }

    private List<GivenCommand> select(Session session, String where, @Nullable Object... parameters) {
        return session.query(
                "SELECT id, verb, coalesce(to_jsonb(c) ->> 'old_value', '') AS old_value,"
                        + " coalesce(to_jsonb(c) ->> 'new_value', '') AS new_value, coalesce(reason, '') AS reason,"
                        + " actor, created_at, obeyed_at, to_jsonb(c) ->> 'obeyed_by' AS obeyed_by FROM " + schema
                        + ".command c WHERE " + where,
                TroubleTable::command,
                parameters);
    }

    private static GivenCommand command(Row row) {
        return new GivenCommand(
                row.number("id"),
                row.string("verb"),
                row.string("old_value"),
                row.string("new_value"),
                row.string("reason"),
                row.string("actor"),
                row.instant("created_at"),
                row.time("obeyed_at"),
                row.text("obeyed_by"));
    }
}
