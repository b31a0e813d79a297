package dev.athanor.schema;

import dev.athanor.postgres.Session;
import dev.athanor.sql.QualifiedName;
import java.util.List;

/**
 * An index that nobody can use: what a concurrent build leaves when it fails, or one that is being built.
 *
 * @param oid its identity
 * @param name with its schema
 * @param ofTarget whether it is on a table that the statement names, and not on a partition or beside one
 * @param building whether another session is building an index on one of the tables, or may be: what another role builds we
 *     may not be shown
 */
record InvalidIndex(long oid, QualifiedName name, boolean ofTarget, boolean building) {
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
            SELECT c.oid::bigint AS oid, n.nspname::text AS schema, c.relname::text AS name,
                   coalesce(i.indrelid IN (SELECT oid FROM target), false) AS of_target,
                   EXISTS (SELECT 1 FROM pg_catalog.pg_stat_progress_create_index p
                            WHERE p.datname = current_database() AND p.pid <> pg_backend_pid()
                              AND (p.relid IN (SELECT oid FROM owner)
                                   OR p.relid IS NULL AND EXISTS (SELECT 1 FROM pg_catalog.pg_locks l
                                        WHERE l.pid = p.pid AND l.granted AND l.locktype = 'relation' AND l.database = p.datid
                                          AND l.relation IN (SELECT oid FROM tree)))) AS building
              FROM owner o JOIN pg_catalog.pg_index i ON i.indrelid = o.oid
              JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE NOT i.indisvalid AND c.relkind = 'i'
             ORDER BY 2, 3
            """;

    /** Those of the tables that a statement works on, their partitions and what they keep aside (TOAST) included. */
    static List<InvalidIndex> behind(Session session, WorkedOn on) {
        return session.query(
                SQL,
                row -> new InvalidIndex(
                        row.number("oid"),
                        new QualifiedName(row.string("schema"), row.string("name")),
                        row.flag("of_target"),
                        row.flag("building")),
                on.tables(),
                on.ofIndexes());
    }

    /** Whether it is among others, whoever is building now. */
    boolean isAmong(List<InvalidIndex> others) {
        return others.stream().anyMatch(other -> other.oid == oid);
    }

    /** Whether it has not become valid, or gone, since it was seen. */
    boolean isStill(Session session) {
        return session.queryOne(
                        "SELECT true AS invalid FROM pg_catalog.pg_index WHERE indexrelid = ?::bigint::oid AND NOT indisvalid",
                        row -> row.flag("invalid"),
                        oid)
                .isPresent();
    }

    /** Whether REINDEX CONCURRENTLY has given it its name. */
    boolean isOfReindex() {
        return name.name().matches("(?s).*_cc(new|old)\\d*");
    }

    /** Whether it may be the server that has given it its name, on behalf of a CREATE INDEX without one. */
    boolean isNamedByServer() {
        return name.name().matches("(?s).*_idx\\d*");
    }
}
