package dev.athanor.postgres;

import dev.athanor.sql.QualifiedName;
import reactor.core.publisher.Mono;

/**
 * Whether our role may VACUUM a table. To a role that may not, the server gives a warning and does nothing, so it has to be
 * asked beforehand.
 */
public final class VacuumRight {
    /**
     * A condition on {@code pg_class c}, as the server's own: the table's owner, the database's, a superuser, and from
     * PostgreSQL 17 on whoever has MAINTAIN on it. Older servers do not know the word, so it is asked for only there.
     */
    static final String CONDITION = "(pg_catalog.pg_has_role(c.relowner, 'USAGE') OR NOT c.relisshared AND EXISTS"
            + " (SELECT FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database()"
            + " AND pg_catalog.pg_has_role(d.datdba, 'USAGE'))"
            + " OR CASE WHEN pg_catalog.current_setting('server_version_num')::int >= 170000"
            + " THEN pg_catalog.has_table_privilege(c.oid, 'MAINTAIN') ELSE false END)";

    private static final String SQL = "WITH RECURSIVE tree AS (SELECT c.oid FROM pg_catalog.pg_class c"
            + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relname = $1"
            + " AND coalesce(n.nspname = $2, pg_catalog.pg_table_is_visible(c.oid)) UNION ALL"
            + " SELECT i.inhrelid FROM pg_catalog.pg_inherits i JOIN tree ON i.inhparent = tree.oid)"
            + " SELECT coalesce(bool_and(" + CONDITION + "), false) AS permitted"
            + " FROM tree JOIN pg_catalog.pg_class c USING (oid) WHERE c.relkind IN ('r', 'p')";

    private VacuumRight() {}

    /** Whether it may, with the table and with all its partitions; false when there is no such table. */
    public static Mono<Boolean> has(ReactiveTransactions transactions, QualifiedName table) {
        Object schema = table.schema() == null ? ReactiveSession.NULL_TEXT : table.schema();
        return transactions
                .readOnly(session -> session.query(SQL, row -> row.flag("permitted"), table.name(), schema))
                .next();
    }

    /** As {@link #has(ReactiveTransactions, QualifiedName)}, blocking. */
    public static boolean has(Transactions transactions, QualifiedName table) {
        String sql = SQL.replace("$1", "?").replace("$2", "?");
        return transactions
                .autocommit(
                        session -> session.queryOne(sql, row -> row.flag("permitted"), table.name(), table.schema()))
                .orElse(false);
    }
}
