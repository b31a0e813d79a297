package dev.athanor.operation;

import dev.athanor.sql.QualifiedName;
import java.util.List;

/**
 * {@code rename-table}: a table under another name, with both names for as long as old and new versions of the
 * application run together. Until contract the new name is a view, through which rows are read and written; contract puts
 * the table in its place, in one short transaction.
 *
 * @param table its name so far
 * @param to its name in the end, in the same schema
 */
record RenameTable(QualifiedName table, String to) implements Operation {
    static RenameTable read(Arguments arguments) {
        return new RenameTable(arguments.table("table"), arguments.name("to"));
    }

    @Override
    public String keyword() {
        return "rename-table";
    }

    @Override
    public void validate(Objections objections) {
        Names.checkNew(objections, "to", to);
        if (table.name().equals(to)) {
            objections.add("found the same name in 'table' and 'to', expected another name");
        }
    }

    private String view() {
        return Names.quoted(Names.beside(table, to));
    }

    /** The view asks and checks as whoever reads it, where the server can do that; else as the owner of the table. */
    @Override
    public List<Part> expand() {
        String create = "CREATE VIEW " + view();
        String of = " FROM pg_catalog.pg_class c WHERE c.oid = " + Names.regclass(table);
        String grants = "SELECT format(" + Names.statement("GRANT %s ON " + view().replace("%", "%%") + " TO %s%s")
                + ", g.privilege_type, CASE WHEN g.grantee = 0 THEN 'PUBLIC' ELSE g.grantee::regrole::text END,"
                + " CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)"
                + " FROM pg_catalog.pg_class c, LATERAL pg_catalog.aclexplode(c.relacl) g WHERE c.oid = "
                + Names.regclass(table) + " AND g.grantee <> c.relowner ORDER BY g.grantee, g.privilege_type;\n"
                + new ColumnGrants(table).onView(Names.beside(table, to)) + ";\n";
        return List.of(
                Guard.refuse(
                        "current_setting('server_version_num')::int < 150000 AND (SELECT c.relrowsecurity" + of + ")",
                        table.quoted() + " has row security, which PostgreSQL before 15 does not check through a view"),
                Guard.refuse(OtherOperations.isUnderWay(table), OtherOperations.underWay(table)),
                Part.rows("SELECT " + Names.statement(create) + " || CASE WHEN"
                        + " current_setting('server_version_num')::int >= 150000"
                        + " THEN ' WITH (security_invoker = true)' ELSE '' END || "
                        + Names.statement(" AS SELECT * FROM " + Names.quoted(table)) + ";\nSELECT "
                        + Names.statement("ALTER VIEW " + view() + " OWNER TO ") + " || c.relowner::regrole" + of
                        + ";\n"
                        + grants));
    }

    @Override
    public List<Part> undoExpand() {
        return List.of(Part.schema("DROP VIEW IF EXISTS " + view() + ";"));
    }

    @Override
    public List<Part> contract() {
        return List.of(
                Part.schema("DROP VIEW " + view() + ";\n" + Alter.table(table, "RENAME TO " + Names.quoted(to))));
    }

    @Override
    public List<Part> undoContract() {
        return List.of(Part.schema(Alter.table(Names.beside(table, to), "RENAME TO " + Names.quoted(table.name()))));
    }
}
