package dev.athanor.lint;

import dev.athanor.sql.QualifiedName;

/** Safe forms that several rules write out. */
final class Safe {
    /** Stands before what goes into a section of its own that is no transaction. */
    static final String AUTOCOMMIT = "-- athanor:expand transaction=none\n";

    /** Stands before what goes into a section of its own. */
    static final String LATER = "-- athanor:contract\n";

    private Safe() {}

    static String alter(QualifiedName table, String action) {
        return "ALTER TABLE " + table.quoted() + " " + action + ";";
    }

    /** A constraint without looking at the rows, which are looked at later and without a lock that hurts. */
    static String notValidFirst(QualifiedName table, String constraint, String definition) {
        String name = QualifiedName.quote(constraint);
        return alter(table, "ADD CONSTRAINT " + name + " " + definition + " NOT VALID") + "\n" + LATER
                + alter(table, "VALIDATE CONSTRAINT " + name);
    }

    /** NOT NULL by way of a check, in three steps. */
    static String notNull(QualifiedName table, String column) {
        String quoted = QualifiedName.quote(column);
        String check = QualifiedName.quote(name(table.name(), column, "set"));
        return alter(table, "ADD CONSTRAINT " + check + " CHECK (" + quoted + " IS NOT NULL) NOT VALID")
                + "\n-- fill the column by a backfill, then:\n" + LATER
                + alter(table, "VALIDATE CONSTRAINT " + check) + "\n" + LATER
                + alter(table, "ALTER COLUMN " + quoted + " SET NOT NULL") + "\n"
                + alter(table, "DROP CONSTRAINT " + check);
    }

    /** A new column beside the old one. */
    static String replaceColumn(QualifiedName table, String column, String type) {
        String next = name(column, "new");
        return alter(table, "ADD COLUMN " + QualifiedName.quote(next) + " " + type) + "\n-- write both columns, fill "
                + QualifiedName.quote(next) + " by a backfill, let all readers move over, then:\n" + LATER
                + alter(table, "DROP COLUMN " + QualifiedName.quote(column));
    }

    /** A name made of parts, no longer than the server keeps. */
    static String name(String... parts) {
        String name = String.join("_", parts);
        while (Names.bytes(name) > Names.LIMIT) {
            name = name.substring(0, name.offsetByCodePoints(name.length(), -1));
        }
        return name;
    }
}
