package dev.athanor.operation;

import dev.athanor.sql.Literal;
import dev.athanor.sql.QualifiedName;

/**
 * Privileges on single columns of a table, for a view of it: who has them may do the same with the view's columns of the same
 * names.
 *
 * @param table has the privileges
 */
record ColumnGrants(QualifiedName table) {
    private static final String FROM = """
             FROM pg_catalog.pg_class c JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped
             CROSS JOIN LATERAL pg_catalog.aclexplode(a.attacl) AS p
             CROSS JOIN LATERAL (SELECT CASE p.grantee WHEN 0 THEN 'PUBLIC'
                                        ELSE quote_ident(pg_catalog.pg_get_userbyid(p.grantee)) END) AS h (holder)
            """;

    private static final String WHERE = """
             WHERE c.oid = {table} AND p.grantee <> c.relowner AND p.privilege_type IN ('SELECT', 'INSERT', 'UPDATE')
            """;

    /** A query of the statements that grant the same on a view, which is there by then. */
    String onView(QualifiedName view) {
        return Template.fill(
                "SELECT 'GRANT ' || p.privilege_type || ' (' || quote_ident(a.attname) || ') ON ' || {view} || ' TO '"
                        + " || h.holder || CASE WHEN p.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END" + FROM
                        + WHERE
                        + " AND EXISTS (SELECT FROM pg_catalog.pg_attribute v WHERE v.attrelid = {oid}"
                        + " AND v.attname = a.attname AND NOT v.attisdropped)"
                        + " ORDER BY a.attnum, h.holder, p.privilege_type",
                "view",
                Literal.quote(Names.quoted(view)),
                "oid",
                Names.regclass(view),
                "table",
                Names.regclass(table));
    }

    /** A query of the statements that let the same roles look into a schema. */
    String onSchema(String schema) {
        return Template.fill(
                "SELECT DISTINCT 'GRANT USAGE ON SCHEMA ' || {schema} || ' TO ' || h.holder AS statement" + FROM + WHERE
                        + " ORDER BY statement",
                "schema",
                Literal.quote(Names.quoted(schema)),
                "table",
                Names.regclass(table));
    }
}
