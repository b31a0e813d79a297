package dev.athanor.operation;

import dev.athanor.sql.QualifiedName;

/** Statements that alter a table. */
final class Alter {
    private Alter() {}

    static String table(QualifiedName table, String change) {
        return "ALTER TABLE " + Names.quoted(table) + " " + change + ";\n";
    }

    static String column(QualifiedName table, String column, String change) {
        return table(table, "ALTER COLUMN " + Names.quoted(column) + " " + change);
    }

    /** Nothing to do where it is not there. */
    static String dropColumn(QualifiedName table, String column) {
        return table(table, "DROP COLUMN IF EXISTS " + Names.quoted(column));
    }

    /** Nothing to do where it is not there. */
    static String dropConstraint(QualifiedName table, String name) {
        return table(table, "DROP CONSTRAINT IF EXISTS " + Names.quoted(name));
    }
}
