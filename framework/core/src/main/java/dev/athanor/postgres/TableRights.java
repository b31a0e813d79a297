package dev.athanor.postgres;

import dev.athanor.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What our role may do with a table; a right on any of its columns counts. Everybody may read it.
 *
 * @param schema of the table, as it may stand in SQL
 * @param table as it may stand in SQL, with its schema
 * @param role ours, as it may stand in SQL
 * @param owner of the table, as it may stand in SQL
 * @param owned whether our role is the owner, or has his rights
 * @param reachable USAGE on the schema
 * @param granted which of SELECT, INSERT, UPDATE, DELETE
 * @param rowSecurity whether policies hide rows from our role
 */
public record TableRights(
        String schema,
        String table,
        String role,
        String owner,
        boolean owned,
        boolean reachable,
        List<String> granted,
        boolean rowSecurity) {
    private static final String SQL =
            "SELECT quote_ident(n.nspname) AS schema, format('%I.%I', n.nspname, c.relname) AS name,"
                    + " quote_ident(current_user) AS role, quote_ident(pg_catalog.pg_get_userbyid(c.relowner)) AS owner,"
                    + " pg_has_role(c.relowner, 'USAGE') AS owned, has_schema_privilege(n.oid, 'USAGE') AS reachable,"
                    + " has_any_column_privilege(c.oid, 'SELECT') AS may_select,"
                    + " has_any_column_privilege(c.oid, 'INSERT') AS may_insert,"
                    + " has_any_column_privilege(c.oid, 'UPDATE') AS may_update,"
                    + " has_table_privilege(c.oid, 'DELETE') AS may_delete, row_security_active(c.oid) AS row_security"
                    + " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                    + " WHERE c.relname = ? AND c.relkind IN ('r', 'p', 'v', 'f')"
                    + " AND coalesce(n.nspname = ?, pg_catalog.pg_table_is_visible(c.oid)) LIMIT 1";

    public TableRights {
        granted = List.copyOf(granted);
    }

    /** Reads them; empty when there is no such table. */
    public static Optional<TableRights> read(Transactions transactions, QualifiedName table) {
        return transactions.autocommit(session -> session.queryOne(SQL, TableRights::of, table.name(), table.schema()));
    }

    private static TableRights of(Row row) {
        List<String> granted = new ArrayList<>();
        for (String right : List.of("SELECT", "INSERT", "UPDATE", "DELETE")) {
            if (row.flag("may_" + right.toLowerCase(Locale.ROOT))) {
                granted.add(right);
            }
        }
        return new TableRights(
                row.string("schema"),
                row.string("name"),
                row.string("role"),
                row.string("owner"),
                row.flag("owned"),
                row.flag("reachable"),
                granted,
                row.flag("row_security"));
    }
}
