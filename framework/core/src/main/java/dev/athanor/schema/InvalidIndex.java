package dev.athanor.schema;

import dev.athanor.postgres.Session;
import dev.athanor.sql.LockTarget;
import dev.athanor.sql.QualifiedName;
import dev.athanor.sql.StatementLocks;
import dev.athanor.sql.TableLock;
import java.util.List;

/**
 * An index that nobody can use and that nobody is building: what a concurrent build leaves when it fails.
 *
 * @param oid its identity
 * @param name with its schema
 */
record InvalidIndex(long oid, QualifiedName name) {
    private static final String SQL = """
            WITH RECURSIVE target (oid) AS (
              SELECT to_regclass(n)::oid FROM unnest(?::text[]) AS n
              UNION SELECT i.indrelid FROM unnest(?::text[]) AS n JOIN pg_catalog.pg_index i ON i.indexrelid = to_regclass(n)
            ), tree (oid) AS (
              SELECT oid FROM target
              UNION SELECT i.inhrelid FROM pg_catalog.pg_inherits i JOIN tree t ON t.oid = i.inhparent
            ), owner (oid) AS (
              SELECT oid FROM tree
              UNION SELECT c.reltoastrelid FROM pg_catalog.pg_class c JOIN tree USING (oid) WHERE c.reltoastrelid <> 0
            )
            SELECT c.oid::bigint AS oid, n.nspname::text AS schema, c.relname::text AS name
              FROM owner o JOIN pg_catalog.pg_index i ON i.indrelid = o.oid
              JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE NOT i.indisvalid AND c.relkind = 'i'
               AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_stat_progress_create_index p
                                WHERE p.datname = current_database() AND p.pid <> pg_backend_pid()
                                  AND p.relid IN (SELECT oid FROM tree))
             ORDER BY 2, 3
            """;

    /** Those of the tables that a statement works on, their partitions and what they keep aside (TOAST) included. */
    static List<InvalidIndex> behind(Session session, String sql) {
        List<TableLock> locks = StatementLocks.of(sql).locks();
        return session.query(
                SQL,
                row -> new InvalidIndex(row.number("oid"), new QualifiedName(row.string("schema"), row.string("name"))),
                names(locks, List.of(LockTarget.TABLE, LockTarget.TREE)),
                names(locks, List.of(LockTarget.TABLE_OF_INDEX)));
    }

    private static List<String> names(List<TableLock> locks, List<LockTarget> targets) {
        return locks.stream()
                .filter(lock -> targets.contains(lock.target()))
                .map(lock -> lock.name().quoted())
                .toList();
    }

    /** Whether REINDEX CONCURRENTLY has given it its name. */
    boolean isOfReindex() {
        return name.name().matches("(?s).*_cc(new|old)\\d*");
    }
}
