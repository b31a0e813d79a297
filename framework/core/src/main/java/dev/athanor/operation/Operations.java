package dev.athanor.operation;

import dev.athanor.sql.QualifiedName;

/**
 * Makes operations in Java, to be handed to a migration's builder. Names are written as in SQL: {@code tickets}, {@code
 * support."Tickets"}.
 */
public final class Operations {
    private Operations() {}

    /** A column to be made. */
    public static Column column(String name, String type) {
        return new Column(QualifiedName.parse(name).name(), type, null, false);
    }

    /** A new column. */
    public static AddColumn addColumn(String table, Column column) {
        return new AddColumn(QualifiedName.parse(table), column);
    }

    /** A column under another name. */
    public static RenameColumn renameColumn(String table, String from, String to) {
        return new RenameColumn(
                QualifiedName.parse(table),
                QualifiedName.parse(from).name(),
                QualifiedName.parse(to).name(),
                false);
    }

    /** A column in another type, by casts; {@link ChangeType} says what else can be told. */
    public static ChangeType changeType(String table, String column, String type) {
        return new ChangeType(
                QualifiedName.parse(table), QualifiedName.parse(column).name(), type, null, null, null, null, false);
    }
}
