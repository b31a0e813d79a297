package dev.athanor.ledger;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.postgres.Session;
import dev.athanor.sql.QualifiedName;

/**
 * What is there, and what our role may do; read from the catalogue, which everybody may read.
 *
 * @param bootstrapped whether the tables of the bootstrap are there
 * @param mayCreateSchema CREATE on the database
 * @param mayCreate CREATE on the schema
 * @param mayUse USAGE on the schema, and UPDATE on its lease table if that is there
 */
record SchemaFacts(
        String schema,
        String role,
        String database,
        boolean schemaThere,
        boolean bootstrapped,
        boolean mayCreateSchema,
        boolean mayCreate,
        boolean mayUse) {

    private static final String SQL = "SELECT current_user::text AS role, current_database()::text AS database,"
            + " n.oid IS NOT NULL AS schema_there, l.oid IS NOT NULL AS bootstrapped,"
            + " has_database_privilege(current_database(), 'CREATE') AS may_create_schema,"
            + " coalesce(has_schema_privilege(n.oid, 'CREATE'), false) AS may_create,"
            + " coalesce(has_schema_privilege(n.oid, 'USAGE'), false)"
            + " AND coalesce(has_table_privilege(l.oid, 'UPDATE'), true) AS may_use"
            + " FROM (SELECT 1) AS one LEFT JOIN pg_catalog.pg_namespace n ON n.nspname = ?"
            + " LEFT JOIN pg_catalog.pg_class l ON l.relnamespace = n.oid AND l.relname = 'lease'";

    static SchemaFacts read(Session session, String schema) {
        return session.queryOne(
                        SQL,
                        row -> new SchemaFacts(
                                schema,
                                row.string("role"),
                                row.string("database"),
                                row.flag("schema_there"),
                                row.flag("bootstrapped"),
                                row.flag("may_create_schema"),
                                row.flag("may_create"),
                                row.flag("may_use")),
                        schema)
                .orElseThrow();
    }

    /** Refuses when we can neither make the schema nor fill it. */
    void requireCreate() {
        if (!schemaThere && !mayCreateSchema) {
            throw missing(
                    "may not create the state schema '" + schema + "' in database '" + database + "'",
                    "CREATE SCHEMA " + quoted() + " AUTHORIZATION " + QualifiedName.quote(role)
                            + "; or GRANT CREATE ON DATABASE " + QualifiedName.quote(database) + " TO "
                            + QualifiedName.quote(role));
        }
        if (schemaThere && !(mayCreate && mayUse)) {
            throw missing(
                    "may not create tables in the state schema '" + schema + "'",
                    "GRANT USAGE, CREATE ON SCHEMA " + quoted() + " TO " + QualifiedName.quote(role));
        }
    }

    /** Refuses when the schema is there and not ours to use. */
    void requireUse() {
        if (bootstrapped && !mayUse) {
            String to = " TO " + QualifiedName.quote(role);
            throw missing(
                    "may not use the state schema '" + schema + "'",
                    "GRANT USAGE, CREATE ON SCHEMA " + quoted() + to + "; GRANT ALL ON ALL TABLES IN SCHEMA " + quoted()
                            + to + "; GRANT ALL ON ALL SEQUENCES IN SCHEMA " + quoted() + to);
        }
    }

    private String quoted() {
        return QualifiedName.quote(schema);
    }

    private AthanorException missing(String what, String grant) {
        return new AthanorException(
                FailureKind.FAILED,
                "missing_right",
                "Role '" + role + "' " + what,
                "Let an administrator run: " + grant + ";");
    }
}
