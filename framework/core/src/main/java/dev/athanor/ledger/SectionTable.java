package dev.athanor.ledger;

import dev.athanor.postgres.Session;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** The statements on the section table, and the summary of the backfill tables. */
final class SectionTable {
    private final String schema;

    SectionTable(StateSchema schema) {
        this.schema = schema.quoted();
    }

    List<SectionState> read(Session session, String revision) {
        return session.query(
                "SELECT ordinal, statements_done, attempted, finished_at IS NOT NULL AS finished,"
                        + " result IS NOT NULL AS counted, result, checksum FROM " + schema
                        + ".section WHERE revision_id = ? ORDER BY ordinal",
                row -> new SectionState(
                        (int) row.number("ordinal"),
                        (int) row.number("statements_done"),
                        row.flag("attempted"),
                        row.flag("finished"),
                        row.flag("counted") ? row.number("result") : null,
                        row.text("checksum")),
                revision);
    }

    void write(Session session, String revision, SectionState section) {
        session.execute(
                "INSERT INTO " + schema
                        + ".section AS s (revision_id, ordinal, statements_done, attempted, finished_at,"
                        + " result, checksum) VALUES (?, ?, ?, ?, CASE WHEN ? THEN clock_timestamp() END, ?::bigint, ?)"
                        + " ON CONFLICT (revision_id, ordinal) DO UPDATE SET statements_done = excluded.statements_done,"
                        + " attempted = excluded.attempted, finished_at = excluded.finished_at,"
                        + " result = excluded.result, checksum = excluded.checksum",
                revision,
                section.ordinal(),
                section.statementsDone(),
                section.attempted(),
                section.finished(),
                section.result(),
                section.checksum());
    }

    /** Backfills are forgotten with their ranges. */
    void forget(Session session, String revision, List<Integer> ordinals) {
        for (int ordinal : ordinals) {
            session.execute(
                    "DELETE FROM " + schema + ".section WHERE revision_id = ? AND ordinal = ?", revision, ordinal);
            session.execute(
                    "WITH gone AS (DELETE FROM " + schema
                            + ".backfill WHERE revision_id = ? AND ordinal = ? RETURNING id)" + " DELETE FROM " + schema
                            + ".backfill_chunk WHERE backfill_id IN (SELECT id FROM gone)",
                    revision,
                    ordinal);
        }
    }

    /** Chunks have no foreign key, and would outlive their revision. */
    void forgetChunks(Session session, String revision) {
        session.execute(
                "DELETE FROM " + schema + ".backfill_chunk WHERE backfill_id IN (SELECT id FROM " + schema
                        + ".backfill WHERE revision_id = ?)",
                revision);
    }

    List<BackfillState> backfills(Session session, String revision) {
        return session.query(
                "SELECT b.ordinal, b.name, b.checksum, b.key_columns, b.state, b.rows_estimated, coalesce(sum(r.rows_walked), 0)::bigint AS walked,"
                        + " coalesce(sum(r.rows_changed), 0)::bigint AS changed, count(r.range_no) AS ranges,"
                        + " count(*) FILTER (WHERE r.state = 'done') AS ranges_done, b.table_name,"
                        + " (extract(epoch FROM coalesce(b.finished_at, clock_timestamp()) - b.started_at) * 1000)"
                        + "::bigint AS elapsed, coalesce(max(r.error) FILTER (WHERE r.state <> 'done'), '') AS error"
                        + " FROM " + schema
                        + ".backfill b LEFT JOIN " + schema + ".backfill_range r ON r.backfill_id = b.id"
                        + " WHERE b.revision_id = ? GROUP BY b.id ORDER BY b.ordinal",
                row -> new BackfillState(
                        (int) row.number("ordinal"),
                        row.string("name"),
                        row.string("state"),
                        row.number("rows_estimated"),
                        row.number("walked"),
                        row.number("changed"),
                        (int) row.number("ranges"),
                        (int) row.number("ranges_done"),
                        row.string("table_name"),
                        Duration.ofMillis(row.number("elapsed")),
                        row.string("error"),
                        row.text("checksum"),
                        Objects.requireNonNull(row.texts("key_columns"))),
                revision);
    }
}
