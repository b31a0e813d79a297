package dev.athanor.postgres;

import java.util.List;

/**
 * What a server and a database are like, as far as it matters for migrations. Everybody may read it.
 *
 * @param version as the server tells it, such as {@code 17.2}
 * @param major its major version
 * @param standby whether it only follows another server, and takes no writes
 * @param readOnly whether transactions are read-only unless they ask for more
 * @param user our role
 * @param database connected to
 * @param invalidIndexes indexes that a failed build has left, quoted; those being built are not among them
 * @param unvalidated constraints that are NOT VALID, as {@code table: constraint}
 */
public record ServerFacts(
        String version,
        int major,
        boolean standby,
        boolean readOnly,
        String user,
        String database,
        List<String> invalidIndexes,
        List<String> unvalidated) {
    private static final int VERSIONS_A_MAJOR = 10_000;

    public ServerFacts {
        invalidIndexes = List.copyOf(invalidIndexes);
        unvalidated = List.copyOf(unvalidated);
    }

    /** Reads them. */
    public static ServerFacts read(Transactions transactions) {
        return transactions.autocommit(session -> session.queryOne(
                        "SELECT current_setting('server_version') AS version,"
                                + " current_setting('server_version_num')::int AS number, pg_is_in_recovery() AS standby,"
                                + " current_setting('default_transaction_read_only') = 'on' AS read_only,"
                                + " current_user::text AS me, current_database()::text AS database",
                        row -> new ServerFacts(
                                row.string("version"),
                                (int) row.number("number") / VERSIONS_A_MAJOR,
                                row.flag("standby"),
                                row.flag("read_only"),
                                row.string("me"),
                                row.string("database"),
                                invalidIndexes(session),
                                unvalidated(session)))
                .orElseThrow());
    }

    private static List<String> invalidIndexes(Session session) {
        return session.query(
                "SELECT i.indexrelid::regclass::text AS name FROM pg_catalog.pg_index i WHERE NOT i.indisvalid"
                        + " AND NOT EXISTS (SELECT FROM pg_catalog.pg_inherits h WHERE h.inhparent = i.indexrelid)"
                        + " AND (SELECT relkind FROM pg_catalog.pg_class c WHERE c.oid = i.indexrelid) = 'i'"
                        + " AND NOT EXISTS (SELECT FROM pg_catalog.pg_stat_progress_create_index p"
                        + " WHERE p.index_relid = i.indexrelid) ORDER BY 1",
                row -> row.string("name"));
    }

    private static List<String> unvalidated(Session session) {
        return session.query(
                "SELECT conrelid::regclass::text || ': ' || quote_ident(conname) AS name FROM pg_catalog.pg_constraint"
                        + " WHERE NOT convalidated AND conrelid <> 0 ORDER BY 1",
                row -> row.string("name"));
    }
}
