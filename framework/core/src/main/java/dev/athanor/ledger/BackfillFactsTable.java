package dev.athanor.ledger;

import dev.athanor.ledger.BackfillFacts.OpenRange;
import dev.athanor.ledger.BackfillFacts.Signal;
import dev.athanor.ledger.BackfillFacts.Tally;
import dev.athanor.ledger.BackfillFacts.Vitals;
import dev.athanor.postgres.Row;
import dev.athanor.postgres.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The one query that tells of all backfills: themselves, their ranges summed up, their vitals. */
final class BackfillFactsTable {
    /** What a range and a signal take in an array of texts. */
    private static final int FIELDS_OF_RANGE = 4;

    private static final int FIELDS_OF_SIGNAL = 6;

    private static final String OF_BACKFILL =
            "SELECT b.id, b.revision_id, b.ordinal, b.name, b.table_name, b.key_columns, b.state, b.rows_estimated,"
                    + " b.started_at,"
                    + " (extract(epoch FROM coalesce(b.finished_at, clock_timestamp()) - b.started_at) * 1000)"
                    + "::bigint AS elapsed, r.*, v.age, v.signals,";
    private static final String OF_RANGES = "SELECT count(*) AS ranges,"
            + " count(*) FILTER (WHERE r.state = 'done') AS ranges_done,"
            + " count(*) FILTER (WHERE r.state = 'failed') AS ranges_failed,"
            + " coalesce(sum(r.rows_walked), 0)::bigint AS walked,"
            + " coalesce(sum(r.rows_changed), 0)::bigint AS changed,"
            + " coalesce(max(r.fencing_token), 0) AS token,"
            + " coalesce(max(r.error) FILTER (WHERE r.state = 'failed'), '') AS error";
    /** Columns in front of it are the same in both bounds, and so in the cursor. */
    private static final String FIRST_DIFFERENCE =
            "SELECT coalesce(min(i), 1) AS i FROM generate_subscripts(r.upper_key, 1) i"
                    + " WHERE r.lower_key[i] IS DISTINCT FROM r.upper_key[i]";

    private static final String OPEN_RANGES = ".backfill_range r CROSS JOIN LATERAL (" + FIRST_DIFFERENCE + ") d"
            + " CROSS JOIN LATERAL unnest(ARRAY[coalesce(r.lower_key[d.i], ''), r.upper_key[d.i],"
            + " r.cursor_key[d.i], r.rows_walked::text]) WITH ORDINALITY AS t (t, n)"
            + " WHERE r.backfill_id = b.id AND r.state <> 'done' AND r.cursor_key IS NOT NULL"
            + " ORDER BY r.range_no, t.n) AS open_ranges";
    private static final String SIGNALS =
            "ARRAY(SELECT t FROM jsonb_array_elements(x.signals) WITH ORDINALITY AS s (s, o) CROSS JOIN LATERAL"
                    + " unnest(ARRAY[coalesce(s ->> 'name', s ->> 'signal'), coalesce(s ->> 'value', ''), coalesce(s ->> 'unit', ''),"
                    + " coalesce(s ->> 'limit', ''), coalesce(s ->> 'utilisation', ''), coalesce(s ->> 'text', '')])"
                    + " WITH ORDINALITY AS t (t, n) WHERE coalesce(s ->> 'name', s ->> 'signal') IS NOT NULL ORDER BY o, t.n)";
    /** In front of it there is no such table, nor the columns that are read through JSON. */
    private static final int VITALS_SINCE = 4;

    private final StateSchema schema;

    BackfillFactsTable(StateSchema schema) {
        this.schema = schema;
    }

    /** In the order in which they were begun. */
    List<BackfillFacts> read(Session session) {
        String vitals = schema.version(session) >= VITALS_SINCE
                ? "SELECT to_jsonb(x) AS j, (extract(epoch FROM clock_timestamp() - x.beat_at) * 1000)::bigint AS age, "
                        + SIGNALS + " AS signals FROM " + schema.quoted()
                        + ".backfill_vitals x WHERE x.backfill_id = b.id"
                : "SELECT NULL::jsonb AS j, 0 AS age, ARRAY[]::text[] AS signals";
        return session.query(
                OF_BACKFILL + columns() + "ARRAY(SELECT t FROM " + schema.quoted() + OPEN_RANGES
                        + ", (SELECT count(*) FROM "
                        + schema.quoted() + ".quarantine q WHERE q.backfill_id = b.id) AS quarantined FROM "
                        + schema.quoted() + ".backfill b CROSS JOIN LATERAL (" + OF_RANGES + " FROM " + schema.quoted()
                        + ".backfill_range r WHERE r.backfill_id = b.id) r LEFT JOIN LATERAL (" + vitals
                        + ") v ON true ORDER BY b.id",
                BackfillFactsTable::facts);
    }

    private static String columns() {
        StringBuilder columns = new StringBuilder(ControlColumns.SELECTED);
        for (String vital : List.of(
                "state",
                "reason",
                "fencing_token",
                "rows_per_second",
                "active_ms",
                "workers",
                "workers_wanted",
                "chunk_rows",
                "chunk_ms",
                "utilisation")) {
            columns.append(" v.j ->> '")
                    .append(vital)
                    .append("' AS v_")
                    .append(vital)
                    .append(',');
        }
        return columns.append(' ').toString();
    }

    private static BackfillFacts facts(Row row) {
        return new BackfillFacts(
                row.number("id"),
                row.string("revision_id"),
                (int) row.number("ordinal"),
                row.string("name"),
                row.string("table_name"),
                Objects.requireNonNull(row.texts("key_columns")),
                row.string("state"),
                row.number("rows_estimated"),
                row.instant("started_at"),
                Duration.ofMillis(row.number("elapsed")),
                new Tally(
                        row.number("walked"),
                        row.number("changed"),
                        row.number("quarantined"),
                        (int) row.number("ranges"),
                        (int) row.number("ranges_done"),
                        (int) row.number("ranges_failed"),
                        row.number("token"),
                        row.string("error")),
                open(Objects.requireNonNull(row.texts("open_ranges"))),
                ControlColumns.read(row),
                vitals(row));
    }

    private static List<OpenRange> open(List<String> flat) {
        List<OpenRange> ranges = new ArrayList<>();
        for (int i = 0; i < flat.size(); i += FIELDS_OF_RANGE) {
            ranges.add(new OpenRange(flat.get(i), flat.get(i + 1), flat.get(i + 2), Long.parseLong(flat.get(i + 3))));
        }
        return ranges;
    }

    private static @Nullable Vitals vitals(Row row) {
        String state = row.text("v_state");
        if (state == null) {
            return null;
        }
        String rate = row.text("v_rows_per_second");
        return new Vitals(
                Duration.ofMillis(row.number("age")),
                row.number("v_fencing_token"),
                state,
                row.string("v_reason"),
                rate == null ? null : Double.valueOf(rate),
                Duration.ofMillis(row.number("v_active_ms")),
                (int) row.number("v_workers"),
                (int) row.number("v_workers_wanted"),
                (int) row.number("v_chunk_rows"),
                Duration.ofMillis(row.number("v_chunk_ms")),
                Double.parseDouble(row.string("v_utilisation")),
                signals(Objects.requireNonNull(row.texts("signals"))));
    }

    private static List<Signal> signals(List<String> flat) {
        List<Signal> signals = new ArrayList<>();
        for (int i = 0; i < flat.size(); i += FIELDS_OF_SIGNAL) {
            signals.add(new Signal(
                    flat.get(i),
                    number(flat.get(i + 1)),
                    flat.get(i + 2),
                    number(flat.get(i + 3)),
                    number(flat.get(i + 4)),
                    flat.get(i + 5)));
        }
        return signals;
    }

    private static double number(String text) {
        return text.isEmpty() ? 0 : Double.parseDouble(text);
    }
}
