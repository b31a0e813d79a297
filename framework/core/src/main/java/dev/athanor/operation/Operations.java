package dev.athanor.operation;

import dev.athanor.sql.QualifiedName;
import java.util.List;

/**
 * Makes operations on tables and columns in Java, to be handed to a migration's builder. Names are written as in SQL:
 * {@code tickets}, {@code support."Tickets"}.
 */
public final class Operations {
    private Operations() {}

    /** A column to be made. */
    public static Column column(String name, String type) {
        return new Column(nameOf(name), type, null, false);
    }

    /** A new column. */
    public static AddColumn addColumn(String table, Column column) {
        return new AddColumn(QualifiedName.parse(table), column, null, null, false, null);
    }

    /** A column less; it cannot be undone. */
    public static Operation dropColumn(String table, String column) {
        return new DropColumn(QualifiedName.parse(table), nameOf(column), null, null, false, null, "", false);
    }

    /** A column less, and what it was. */
    public static DropColumn dropColumn(String table, Column was) {
        return new DropColumn(
                QualifiedName.parse(table), was.name(), was.type(), was.defaultValue(), was.notNull(), null, "", false);
    }

    /** A column under another name. */
    public static RenameColumn renameColumn(String table, String from, String to) {
        return new RenameColumn(
                QualifiedName.parse(table),
                QualifiedName.parse(from).name(),
                QualifiedName.parse(to).name());
    }

    /** A column in another type, by casts; {@link ChangeType} says what else can be told. */
    public static ChangeType changeType(String table, String column, String type) {
        return new ChangeType(
                QualifiedName.parse(table),
                QualifiedName.parse(column).name(),
                type,
                null,
                null,
                null,
                null,
                false,
                null,
                null);
    }

    /** A column that is never null, of which no row is. */
    public static Operation setNotNull(String table, String column) {
        return new SetNotNull(QualifiedName.parse(table), nameOf(column), null);
    }

    /** A column that is never null, and its value in rows that have none. */
    public static Operation setNotNull(String table, String column, String up) {
        return new SetNotNull(QualifiedName.parse(table), nameOf(column), Fragments.whole("'up'", up));
    }

    /** A column that may be null; undo fails where it is. */
    public static Operation dropNotNull(String table, String column) {
        return new DropNotNull(QualifiedName.parse(table), nameOf(column), null);
    }

    /** A column that may be null, and what undo makes of rows that are. */
    public static Operation dropNotNull(String table, String column, String down) {
        return new DropNotNull(QualifiedName.parse(table), nameOf(column), Fragments.whole("'down'", down));
    }

    /** What a column gets in new rows, where it has no default so far. */
    public static Operation setDefault(String table, String column, String value) {
        return new SetDefault(QualifiedName.parse(table), nameOf(column), value, null);
    }

    /** What a column gets in new rows, and its default so far. */
    public static Operation setDefault(String table, String column, String value, String was) {
        return new SetDefault(QualifiedName.parse(table), nameOf(column), value, Fragments.whole("'was'", was));
    }

    /** A column without a default; it cannot be undone. */
    public static Operation dropDefault(String table, String column) {
        return new DropDefault(QualifiedName.parse(table), nameOf(column), null);
    }

    /** A column without a default, and its default so far. */
    public static Operation dropDefault(String table, String column, String was) {
        return new DropDefault(QualifiedName.parse(table), nameOf(column), Fragments.whole("'was'", was));
    }

    /** A new table; its columns and constraints as between the parentheses of CREATE TABLE. */
    public static Operation createTable(String table, String columns) {
        return new CreateTable(QualifiedName.parse(table), TableBody.of(columns));
    }

    /** A table less; it cannot be undone. */
    public static Operation dropTable(String table) {
        return new DropTable(QualifiedName.parse(table), null);
    }

    /** A table less, and what it was. */
    public static Operation dropTable(String table, String columns) {
        return new DropTable(QualifiedName.parse(table), TableBody.of(columns));
    }

    /** A table under another name in the same schema. */
    public static Operation renameTable(String table, String to) {
        return new RenameTable(QualifiedName.parse(table), nameOf(to));
    }

    /** Rows, as behind VALUES; undo deletes those that have the same keys. */
    public static BulkInsert bulkInsert(String table, List<String> columns, List<String> key, String rows) {
        return new BulkInsert(
                QualifiedName.parse(table), namesOf(columns), namesOf(key), null, null, RowValues.parse(rows));
    }

    /** A column's numbers by itself, where it has no default so far; others may write numbers of their own. */
    public static Operation addIdentity(String table, String column) {
        return new AddIdentity(new Identity(QualifiedName.parse(table), nameOf(column), false), null);
    }

    /** A column's numbers by itself, and its default so far. */
    public static Operation addIdentity(String table, String column, String was) {
        Identity identity = new Identity(QualifiedName.parse(table), nameOf(column), false);
        return new AddIdentity(identity, Fragments.whole("'was'", was));
    }

    /** No numbers by itself any more; {@code always} says of which sort it was. */
    public static Operation dropIdentity(String table, String column, boolean always) {
        return new DropIdentity(new Identity(QualifiedName.parse(table), nameOf(column), always));
    }

    static String nameOf(String written) {
        return QualifiedName.parse(written).name();
    }

    static List<String> namesOf(List<String> written) {
        return written.stream().map(Operations::nameOf).toList();
    }
}
