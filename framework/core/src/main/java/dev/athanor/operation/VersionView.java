package dev.athanor.operation;

import dev.athanor.sql.Literal;
import dev.athanor.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code version-view}: a table as one version of the application knows it, as a view in a schema of that version, which
 * the version has on its search path. What the view shows of one table can be written through it.
 *
 * @param table what is shown
 * @param schema of the version; made when it is not there
 * @param columns what stands behind SELECT; null: all columns that there are
 * @param passing whether the version goes away: its view does in contract, before columns that it reads
 */
public record VersionView(
        QualifiedName table, String schema, @Nullable String columns, boolean passing) implements Operation {
    private static final String OLD = "old";

    /** In the comments of what is ours: of views that stay, and of a schema that was made for them. */
    private static final String OURS = "athanor: of one version";

    public VersionView {
        if (columns != null) {
            Fragments.whole("the columns of the view", columns);
        }
    }

    static VersionView read(Arguments arguments) {
        return new VersionView(
                arguments.table("table"),
                arguments.name("schema"),
                arguments.sqlOrNull("columns"),
                OLD.equals(arguments.oneOf("version", List.of(OLD, "new"))));
    }

    /** The same for a version that goes away in contract. */
    public VersionView ofOldVersion() {
        return new VersionView(table, schema, columns, true);
    }

    @Override
    public String keyword() {
        return "version-view";
    }

    @Override
    public void validate(Objections objections) {
        if (schema.equals(table.schema())) {
            objections.add("found the schema of the table itself, expected schema=… of a version");
        }
    }

    private String view() {
        return Names.quoted(new QualifiedName(schema, table.name()));
    }

    /** Schema and view in one transaction: when the view is there already, nothing is done, and nothing is undone. */
    private List<Part> create() {
        String select = columns == null ? "*" : columns;
        String body = " AS SELECT " + select + " FROM " + Names.quoted(table);
        String mark = passing ? Dependents.PASSING_VIEW : OURS;
        String view = Names.quoted(new QualifiedName(schema, table.name()));
        return List.of(
                Guard.refuse(
                        "current_setting('server_version_num')::int < 150000 AND (SELECT c.relrowsecurity"
                                + " FROM pg_catalog.pg_class c WHERE c.oid = " + Names.regclass(table) + ")",
                        table.quoted() + " has row security, which PostgreSQL before 15 does not check through a view"),
                Part.rows(ifNoSchema(
                                "CREATE SCHEMA " + Names.quoted(schema),
                                "COMMENT ON SCHEMA " + Names.quoted(schema) + " IS " + Literal.quote(OURS))
                        + "\nSELECT " + Literal.quote("CREATE VIEW " + view)
                        + " || CASE WHEN current_setting('server_version_num')::int >= 150000"
                        + " THEN ' WITH (security_invoker = true)' ELSE '' END || " + Literal.quote(body) + ";\n"
                        + Belongings.statement("COMMENT ON VIEW " + view + " IS " + Literal.quote(mark)) + ";\n"
                        + grants() + ";\n" + new ColumnGrants(table).onSchema(schema) + ";\n" + columnGrants()
                        + ";"));
    }

    private String ifNoSchema(String create, String comment) {
        return "SELECT s.statement FROM (VALUES (1, " + Literal.quote(create) + "), (2, " + Literal.quote(comment)
                + ")) AS s (step, statement) WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_namespace n WHERE n.nspname = "
                + Names.literal(schema) + ") ORDER BY s.step;";
    }

    /** Whoever may do something with the table may do it through the view, and may look into its schema. */
    private String grants() {
        return Template.fill(
                """
                SELECT s.statement
                  FROM pg_catalog.pg_class c CROSS JOIN LATERAL pg_catalog.aclexplode(c.relacl) AS p
                 CROSS JOIN LATERAL (SELECT CASE p.grantee WHEN 0 THEN 'PUBLIC'
                                            ELSE quote_ident(pg_catalog.pg_get_userbyid(p.grantee)) END) AS h (holder)
                 CROSS JOIN LATERAL (VALUES
                        ('GRANT USAGE ON SCHEMA ' || {schema} || ' TO ' || h.holder),
                        ('GRANT ' || p.privilege_type || ' ON ' || {view} || ' TO ' || h.holder)) AS s (statement)
                 WHERE c.oid = {table} AND p.grantee <> c.relowner
                   AND p.privilege_type IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE')
                 ORDER BY s.statement""",
                "schema",
                Literal.quote(Names.quoted(schema)),
                "view",
                Literal.quote(view()),
                "table",
                Names.regclass(table));
    }

    /** What a column of the view shows, only a view of whoever reads it knows for sure, where columns have been told. */
    private String columnGrants() {
        String grants = new ColumnGrants(table).onView(new QualifiedName(schema, table.name()));
        return columns == null
                ? grants
                : "SELECT * FROM (" + grants
                        + ") AS g (statement) WHERE current_setting('server_version_num')::int >= 150000";
    }

    /** A schema that was made for it goes with its last object. */
    private List<Part> drop() {
        return List.of(
                Part.schema("DROP VIEW IF EXISTS " + view() + ";"),
                Part.rows(Template.fill("""
                        SELECT 'DROP SCHEMA ' || quote_ident(n.nspname) FROM pg_catalog.pg_namespace n
                         WHERE n.nspname = {schema}
                           AND pg_catalog.obj_description(n.oid, 'pg_namespace') = {ours} AND NOT EXISTS (
                                 SELECT FROM pg_catalog.pg_depend d
                                  WHERE d.refclassid = 'pg_catalog.pg_namespace'::regclass AND d.refobjid = n.oid);""", "schema", Names.literal(schema), "ours", Literal.quote(OURS))));
    }

    @Override
    public List<Part> expand() {
        List<Part> parts = new ArrayList<>();
        if (columns == null) {
            parts.add(Guard.refuse(
                    OtherOperations.isUnderWay(table),
                    OtherOperations.underWay(table) + ", or say which columns=… the view has"));
        }
        parts.addAll(create());
        return parts;
    }

    @Override
    public List<Part> contract() {
        return passing ? drop() : List.of();
    }

    /** A view of new columns stands in the way of their way back, and their version is gone. */
    @Override
    public List<Part> undoContract() {
        return passing ? create() : drop();
    }

    @Override
    public List<Part> undoExpand() {
        return drop();
    }
}
