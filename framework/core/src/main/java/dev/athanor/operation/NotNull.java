package dev.athanor.operation;

import dev.athanor.sql.QualifiedName;
import java.util.List;

/**
 * Makes a column NOT NULL without a scan under a lock that stops anybody: a constraint that is not yet valid, its
 * validation, and only then NOT NULL, which the server believes because of the constraint. PostgreSQL 18 has NOT NULL that
 * is not yet valid itself; there the constraint is that one, under the name that the server gives it.
 *
 * @param table has the column
 * @param column true spelling
 */
record NotNull(QualifiedName table, String column) {
    /** In their order; of a column that is NOT NULL already none does anything. */
    List<Part> parts() {
        return partsWhere("true");
    }

    /** As {@link #parts}, where a condition over the catalogue holds. */
    List<Part> partsWhere(String condition) {
        return List.of(
                Part.rows("SELECT CASE WHEN current_setting('server_version_num')::int >= 180000 THEN "
                        + Names.statement(alter("ADD NOT NULL " + Names.quoted(column) + " NOT VALID")) + " ELSE "
                        + Names.statement(alter("ADD CONSTRAINT " + Names.quoted(check()) + " CHECK ("
                                + Names.quoted(column) + " IS NOT NULL) NOT VALID"))
                        + " END" + attribute("NOT a.attnotnull AND " + condition) + ";"),
                Part.rows("SELECT " + Names.statement(alter("VALIDATE CONSTRAINT ")) + " || quote_ident(c.conname)"
                        + constraint("NOT c.convalidated AND (c.conname = " + Names.literal(check())
                                + " OR c.contype = 'n' AND a.attnum = ANY (c.conkey))")
                        + ";"),
                Part.rows("SELECT " + Names.statement(alter("ALTER COLUMN " + Names.quoted(column) + " SET NOT NULL"))
                        + constraint(isCheck()) + ";\nSELECT "
                        + Names.statement(alter("DROP CONSTRAINT " + Names.quoted(check()))) + constraint(isCheck())
                        + ";"));
    }

    /** Takes it back, also when only the first parts have run. */
    Part undo() {
        return Part.schema(drop() + Alter.dropConstraint(table, check()));
    }

    /** The statement that takes NOT NULL away. */
    String drop() {
        return Alter.column(table, column, "DROP NOT NULL");
    }

    private String alter(String change) {
        return "ALTER TABLE " + Names.quoted(table) + " " + change;
    }

    private String check() {
        return Names.own("not_null", table.name(), column);
    }

    private String isCheck() {
        return "c.convalidated AND c.conname = " + Names.literal(check());
    }

    private String attribute(String condition) {
        return " FROM pg_catalog.pg_attribute a WHERE a.attrelid = " + Names.regclass(table) + " AND a.attname = "
                + Names.literal(column) + " AND NOT a.attisdropped AND " + condition;
    }

    private String constraint(String condition) {
        return " FROM pg_catalog.pg_constraint c JOIN pg_catalog.pg_attribute a ON a.attrelid = c.conrelid"
                + " WHERE c.conrelid = " + Names.regclass(table) + " AND a.attname = " + Names.literal(column)
                + " AND NOT a.attisdropped AND " + condition;
    }
}
