package dev.athanor.schema;

import dev.athanor.postgres.Session;
import dev.athanor.sql.LockMode;
import dev.athanor.sql.SqlTokens;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Transactions that work which is done CONCURRENTLY would wait for: all that hold a conflicting lock on its table, and, when
 * an index is built, all of the database that have a snapshot. A build that begins while one of them is open stands still
 * until it ends, and the half-made index costs every write meanwhile.
 */
final class OldTransactions {
    private static final String SQL = """
            WITH target (oid) AS (
              SELECT to_regclass(n)::oid FROM unnest(?::text[]) AS n
              UNION SELECT i.indrelid FROM unnest(?::text[]) AS n JOIN pg_catalog.pg_index i ON i.indexrelid = to_regclass(n)
            ), held AS (
              SELECT l.pid, l.virtualtransaction FROM pg_catalog.pg_locks l JOIN target t ON t.oid = l.relation
               WHERE l.locktype = 'relation' AND l.granted AND l.mode = ANY (?::text[])
                 AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = current_database())
            )
            SELECT a.pid, coalesce(a.usename, '')::text AS role, coalesce(a.application_name, '') AS application,
                   coalesce(a.state, '') AS state, coalesce(a.query, '') AS query,
                   extract(epoch FROM clock_timestamp() - a.xact_start)::bigint AS open
              FROM pg_catalog.pg_stat_activity a
             WHERE a.datname = current_database() AND a.pid <> pg_backend_pid() AND a.backend_type = 'client backend'
               AND a.xact_start < clock_timestamp() - ?::bigint * interval '1 millisecond'
               AND (a.pid IN (SELECT pid FROM held)
                    OR ?::boolean AND a.backend_xmin IS NOT NULL
                       AND a.pid NOT IN (SELECT v.pid FROM pg_catalog.pg_stat_progress_vacuum v)
                       AND a.pid NOT IN (SELECT i.pid FROM pg_catalog.pg_stat_progress_create_index i))
            UNION ALL
            SELECT 0, p.owner::text, '', '', p.gid, extract(epoch FROM clock_timestamp() - p.prepared)::bigint
              FROM pg_catalog.pg_prepared_xacts p
             WHERE p.database = current_database()
               AND p.prepared < clock_timestamp() - ?::bigint * interval '1 millisecond'
               AND '-1/' || p.transaction::text IN (SELECT virtualtransaction FROM held)
             ORDER BY 6 DESC
            """;

    private OldTransactions() {}

    /** Those open for longer than that, the oldest first; none for a statement that waits for nobody. */
    static List<Blocker> before(Session session, WorkedOn on, Duration age) {
        String sql = on.sql();
        if (LockProfile.of(sql) != LockProfile.CONCURRENT) {
            return List.of();
        }
        boolean creates = begins(sql, "create");
        List<String> conflicting = Arrays.stream(LockMode.values())
                .filter(mode -> !creates || mode.conflictsWith(LockMode.SHARE))
                .map(LockMode::catalogName)
                .toList();
        return session.query(
                SQL,
                row -> new Blocker(
                        row.number("pid"),
                        row.string("role"),
                        row.string("application"),
                        row.string("state"),
                        row.string("query"),
                        row.number("open")),
                on.tables(),
                on.ofIndexes(),
                conflicting,
                age.toMillis(),
                creates || begins(sql, "reindex"),
                age.toMillis());
    }

    private static boolean begins(String sql, String word) {
        return SqlTokens.of(sql).code().get(0).isWord(word);
    }
}
