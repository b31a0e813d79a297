package dev.athanor.ledger;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.postgres.Session;
import dev.athanor.sql.QualifiedName;
import java.util.List;
import java.util.Objects;

/**
 * What our role may not do with the tables and sequences of a state schema that is there.
 *
 * @param unusable those that it may not read or change, as they may stand in SQL
 * @param foreign those that it does not own, and so may not alter
 */
record SchemaRights(String schema, String role, List<String> unusable, List<String> foreign) {
    private static final String SQL = "SELECT current_user::text AS role,"
            + " array_agg(o.name ORDER BY o.name) FILTER (WHERE NOT o.usable) AS unusable,"
            + " array_agg(o.name ORDER BY o.name) FILTER (WHERE NOT o.owned) AS foreigners"
            + " FROM (SELECT format('%I.%I', n.nspname, c.relname) AS name, pg_has_role(c.relowner, 'USAGE') AS owned,"
            + " CASE c.relkind WHEN 'S' THEN has_sequence_privilege(c.oid, 'USAGE') ELSE"
            + " has_table_privilege(c.oid, 'SELECT') AND has_table_privilege(c.oid, 'INSERT')"
            + " AND has_table_privilege(c.oid, 'UPDATE') AND has_table_privilege(c.oid, 'DELETE') END AS usable"
            + " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
            // sequences of identity columns need no right of their own
            + " WHERE n.nspname = ? AND (c.relkind = 'r' OR c.relkind = 'S' AND NOT EXISTS (SELECT FROM"
            + " pg_catalog.pg_depend d WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid"
            + " AND d.deptype = 'i'))) o";

    static SchemaRights read(Session session, String schema) {
        return session.queryOne(
                        SQL,
                        row -> new SchemaRights(
                                schema,
                                row.string("role"),
                                Objects.requireNonNullElse(row.texts("unusable"), List.of()),
                                Objects.requireNonNullElse(row.texts("foreigners"), List.of())),
                        schema)
                .orElseThrow();
    }

    /** Refuses when a run would miss a right. */
    void require(boolean outdated) {
        String to = " TO " + QualifiedName.quote(role) + ";";
        String in = " IN SCHEMA " + QualifiedName.quote(schema) + to;
        if (!unusable.isEmpty()) {
            throw missing(
                    "may not read and change " + String.join(", ", unusable),
                    "GRANT ALL ON ALL TABLES" + in + " GRANT ALL ON ALL SEQUENCES" + in);
        }
        if (outdated && !foreign.isEmpty()) {
            throw missing(
                    "may not bring the state schema '" + schema + "' up to date: it does not own "
                            + String.join(", ", foreign),
                    "GRANT its owner" + to + " or let the owner run Athanor once");
        }
    }

    private AthanorException missing(String what, String grant) {
        return new AthanorException(
                FailureKind.FAILED,
                "missing_right",
                "Role '" + role + "' " + what,
                "Let an administrator run: " + grant);
    }
}
