package dev.athanor.schema;

import dev.athanor.postgres.Session;
import dev.athanor.sql.ConcurrentIndex;
import java.util.Optional;

/**
 * What the catalogue knows about an index that a statement wants to build concurrently.
 *
 * @param valid whether it is usable; a failed build leaves an invalid one
 * @param building whether a session is building it right now
 */
record IndexBuild(boolean valid, boolean building) {
    /**
     * An index is found by its own name on its own table; one of that name on another table is none of ours. What another
     * role builds we may not be shown: a build of any index on the table then counts.
     */
    private static final String SQL = "SELECT i.indisvalid AS valid,"
            + " EXISTS (SELECT 1 FROM pg_catalog.pg_stat_progress_create_index p"
            + " WHERE p.datid = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())"
            + " AND p.pid <> pg_backend_pid() AND (p.index_relid = i.indexrelid OR p.relid IS NULL"
            + " AND EXISTS (SELECT 1 FROM pg_catalog.pg_locks l WHERE l.pid = p.pid AND l.granted"
            + " AND l.locktype = 'relation' AND l.database = p.datid AND l.relation = i.indrelid))) AS building"
            + " FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid"
            + " WHERE c.relkind = 'i' AND c.relname = ? AND i.indrelid = to_regclass(?)";

    static Optional<IndexBuild> find(Session session, ConcurrentIndex index) {
        return session.queryOne(
                SQL,
                row -> new IndexBuild(row.flag("valid"), row.flag("building")),
                index.name(),
                index.table().quoted());
    }
}
