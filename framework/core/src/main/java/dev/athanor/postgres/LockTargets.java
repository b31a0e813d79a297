package dev.athanor.postgres;

import dev.athanor.catalog.LockedTable;
import dev.athanor.sql.LockMode;
import dev.athanor.sql.LockTarget;
import dev.athanor.sql.QualifiedName;
import dev.athanor.sql.SqlStateClass;
import dev.athanor.sql.TableLock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Finds in the catalogue which tables a lock is on, how large they are and who is in the way now. Needs no right on any of
 * them, and changes nothing.
 */
public final class LockTargets {
    /** Measuring waits behind whoever holds a table exclusively; a report can do without the size. */
    private static final TransactionSettings READING =
            new TransactionSettings(Duration.ofMillis(500), null, Duration.ofSeconds(15));

    /** Rows as the planner estimates them, without statistics by the width of a row; 28 bytes are its header. */
    private static final String FACTS = """
            , tree (top, oid) AS (
              SELECT oid, oid FROM (SELECT DISTINCT t.oid FROM (%s) AS t (oid)) AS target
              UNION SELECT t.top, i.inhrelid FROM pg_catalog.pg_inherits i JOIN tree t ON i.inhparent = t.oid
            ), leaves AS (
              SELECT t.top, c.relkind, c.reltuples, c.relpages, %s AS blocks, %s AS bytes,
                     (SELECT 28 + coalesce(sum(CASE WHEN a.attlen > 0 THEN a.attlen ELSE 32 END), 0)
                        FROM pg_catalog.pg_attribute a
                       WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS width
                FROM tree t JOIN pg_catalog.pg_class c USING (oid) WHERE c.relkind IN ('r', 'm', 'i', 'S')
            ), sizes AS (
              SELECT top, bool_or(relkind IN ('r', 'm')) AS holds_rows, sum(bytes) AS bytes,
                     bool_or(relkind IN ('r', 'm') AND blocks > 0 AND (known IS NULL OR blocks > 2 * relpages + 10))
                       AS guessed,
                     sum(coalesce(known * blocks / greatest(relpages, 1),
                                  blocks * (current_setting('block_size')::int / width)))
                       FILTER (WHERE relkind IN ('r', 'm'))::bigint AS rows
                FROM (SELECT *, CASE WHEN reltuples >= 0 AND relpages > 0 THEN reltuples::float8 END AS known
                        FROM leaves) AS l GROUP BY top
            )
            SELECT n.nspname::text AS schema, c.relname::text AS name, s.rows::text, s.bytes::text,
                   coalesce(s.guessed, false) AS guessed, h.holders, h.longest::text,
                   CASE WHEN w.deep THEN (SELECT count(*) - 1 FROM tree t WHERE t.top = c.oid) ELSE 0 END AS partitions
              FROM wanted w CROSS JOIN (SELECT DISTINCT top AS oid FROM tree) AS tops
              JOIN pg_catalog.pg_class c USING (oid) JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
              LEFT JOIN sizes s ON s.top = c.oid AND s.bytes IS NOT NULL
              CROSS JOIN LATERAL (
                SELECT count(DISTINCT l.virtualtransaction) AS holders,
                       extract(epoch FROM max(clock_timestamp() - a.xact_start))::bigint AS longest
                  FROM pg_catalog.pg_locks l LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
                 WHERE l.locktype = 'relation' AND l.granted AND l.pid IS DISTINCT FROM pg_backend_pid()
                   AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = current_database())
                   AND l.mode = ANY (w.modes)
                   AND (l.relation = c.oid OR w.deep AND l.relation IN (SELECT t.oid FROM tree t WHERE t.top = c.oid))
              ) AS h
             ORDER BY 1, 2
            """;

    private static final String NAMED = """
            WITH RECURSIVE wanted (name, schema, detail, deep, modes) AS
              (VALUES (?::text, ?::text, ?::text, ?::boolean, ?::text[])),
            named AS (
              SELECT c.oid, w.detail FROM wanted w JOIN pg_catalog.pg_class c ON c.relname = w.name
                JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
               WHERE n.nspname = w.schema OR w.schema IS NULL AND pg_catalog.pg_table_is_visible(c.oid)
            )""";

    private LockTargets() {}

    /** The tables behind a lock, sorted by name; none when nothing there has that name, or nothing hangs on it. */
    public static List<LockedTable> read(Transactions transactions, TableLock lock) {
        try {
            return read(
                    transactions,
                    lock,
                    "pg_catalog.pg_relation_size(c.oid) / current_setting('block_size')::bigint",
                    "pg_catalog.pg_total_relation_size(c.oid)");
        } catch (DatabaseException e) {
            if (e.category() != SqlStateClass.LOCK_TIMEOUT) {
                throw e;
            }
            return read(transactions, lock, "c.relpages", "NULL::bigint");
        }
    }

    private static List<LockedTable> read(Transactions transactions, TableLock lock, String blocks, String bytes) {
        String sql = NAMED + String.format(FACTS, target(lock.target()), blocks, bytes);
        List<String> conflicting = Arrays.stream(LockMode.values())
                .filter(lock.mode()::conflictsWith)
                .map(LockMode::catalogName)
                .toList();
        return transactions.inTransaction(READING, session -> {
            session.executeVerbatim("SET TRANSACTION READ ONLY");
            return session.query(
                    sql,
                    LockTargets::table,
                    lock.name().name(),
                    lock.name().schema(),
                    lock.detail(),
                    lock.target() == LockTarget.TREE,
                    conflicting);
        });
    }

    private static LockedTable table(Row row) {
        String rows = row.text("rows");
        String bytes = row.text("bytes");
        String longest = row.text("longest");
        return new LockedTable(
                new QualifiedName(row.string("schema"), row.string("name")),
                rows == null ? null : Long.valueOf(rows),
                row.flag("guessed"),
                bytes == null ? null : Long.valueOf(bytes),
                (int) row.number("partitions"),
                (int) row.number("holders"),
                longest == null ? null : Duration.ofSeconds(Long.parseLong(longest)));
    }

    /** A query of the tables behind a lock, over {@code wanted} (name, schema, detail) and {@code named} (oid, detail). */
    static String target(LockTarget target) {
        return switch (target) {
            case TABLE, TREE, INDEX -> "SELECT oid FROM named";
            case TABLE_OF_INDEX -> "SELECT i.indrelid FROM pg_catalog.pg_index i JOIN named n ON n.oid = i.indexrelid";
            case REFERENCED ->
                "SELECT k.confrelid FROM pg_catalog.pg_constraint k JOIN named n ON n.oid = k.conrelid"
                        + " WHERE k.contype = 'f' AND k.conparentid = 0 AND k.confrelid <> n.oid"
                        + " AND k.conname = coalesce(n.detail, k.conname)";
            case KEYS_OF_COLUMN ->
                "SELECT CASE WHEN k.conrelid = n.oid THEN k.confrelid ELSE k.conrelid END"
                        + " FROM named n JOIN pg_catalog.pg_attribute a ON a.attrelid = n.oid AND a.attname = n.detail"
                        + " JOIN pg_catalog.pg_constraint k ON k.contype = 'f' AND k.conrelid <> k.confrelid"
                        + " AND (k.conrelid = n.oid AND a.attnum = ANY (k.conkey)"
                        + " OR k.confrelid = n.oid AND a.attnum = ANY (k.confkey))";
            case REFERENCING ->
                "WITH RECURSIVE r (oid) AS (SELECT oid FROM named UNION SELECT k.conrelid"
                        + " FROM pg_catalog.pg_constraint k JOIN r ON r.oid = k.confrelid WHERE k.contype = 'f')"
                        + " SELECT oid FROM r EXCEPT SELECT oid FROM named";
            case PARENT ->
                "WITH p AS (SELECT i.inhparent, n.oid FROM pg_catalog.pg_inherits i"
                        + " JOIN named n ON n.oid = i.inhrelid JOIN pg_catalog.pg_class c ON c.oid = n.oid"
                        + " WHERE c.relispartition) SELECT inhparent FROM p UNION SELECT t.partdefid"
                        + " FROM pg_catalog.pg_partitioned_table t JOIN p ON p.inhparent = t.partrelid"
                        + " WHERE t.partdefid <> 0 AND t.partdefid <> p.oid";
            case DEFAULT_PARTITION ->
                "SELECT t.partdefid FROM pg_catalog.pg_partitioned_table t"
                        + " JOIN named n ON n.oid = t.partrelid WHERE t.partdefid <> 0";
            case TABLES_OF_DOMAIN ->
                "SELECT a.attrelid FROM wanted w JOIN pg_catalog.pg_type t ON t.typname = w.name"
                        + " AND t.typtype = 'd' JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace"
                        + " JOIN pg_catalog.pg_attribute a ON a.atttypid = t.oid AND NOT a.attisdropped"
                        + " JOIN pg_catalog.pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'm')"
                        + " WHERE n.nspname = w.schema OR w.schema IS NULL AND pg_catalog.pg_type_is_visible(t.oid)";
        };
    }
}
