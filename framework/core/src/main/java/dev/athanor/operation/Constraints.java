package dev.athanor.operation;

import dev.athanor.sql.QualifiedName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes operations on constraints and indexes in Java. Names are written as in SQL. */
public final class Constraints {
    private Constraints() {}

    /** A condition that every row obeys. */
    public static Operation addCheck(String table, String name, String check) {
        return new AddCheck(QualifiedName.parse(table), Operations.nameOf(name), check);
    }

    /** A condition less; it cannot be undone. */
    public static Operation dropCheck(String table, String name) {
        return new DropCheck(QualifiedName.parse(table), Operations.nameOf(name), null);
    }

    /** A condition less, and what it was. */
    public static Operation dropCheck(String table, String name, String check) {
        return new DropCheck(QualifiedName.parse(table), Operations.nameOf(name), Fragments.whole("'check'", check));
    }

    /**
     * Values that another table has.
     *
     * @param references {@code customers}, or {@code customers(id, region)}
     */
    public static AddForeignKey addForeignKey(String table, String name, List<String> columns, String references) {
        return new AddForeignKey(
                QualifiedName.parse(table), Operations.nameOf(name), ForeignKey.of(columns, references), null);
    }

    /** A foreign key less; it cannot be undone. */
    public static Operation dropForeignKey(String table, String name) {
        return new DropForeignKey(QualifiedName.parse(table), Operations.nameOf(name), null);
    }

    /** A foreign key less, and what it was. */
    public static DropForeignKey dropForeignKey(String table, String name, List<String> columns, String references) {
        return new DropForeignKey(
                QualifiedName.parse(table), Operations.nameOf(name), ForeignKey.of(columns, references));
    }

    /** No two rows have the same values. */
    public static Operation addUnique(String table, String name, String... columns) {
        return new AddUnique(key(table, name, "UNIQUE", columns));
    }

    /** A unique constraint less, and its columns; without columns it cannot be undone. */
    public static Operation dropUnique(String table, String name, String... columns) {
        return new DropUnique(
                QualifiedName.parse(table), Operations.nameOf(name), keyOrNull(table, name, "UNIQUE", columns));
    }

    /** A key for a table that has none. */
    public static AddPrimaryKey addPrimaryKey(String table, String name, String... columns) {
        return new AddPrimaryKey(key(table, name, "PRIMARY KEY", columns), List.of());
    }

    /** A table without a key, and the columns of the key; without columns it cannot be undone. */
    public static Operation dropPrimaryKey(String table, String name, String... columns) {
        return new DropPrimaryKey(
                QualifiedName.parse(table), Operations.nameOf(name), keyOrNull(table, name, "PRIMARY KEY", columns));
    }

    private static @Nullable KeyConstraint keyOrNull(String table, String name, String kind, String... columns) {
        return columns.length == 0 ? null : key(table, name, kind, columns);
    }

    private static KeyConstraint key(String table, String name, String kind, String... columns) {
        return new KeyConstraint(
                QualifiedName.parse(table), Operations.nameOf(name), Operations.namesOf(List.of(columns)), kind);
    }

    /** An index on columns. */
    public static CreateIndex createIndex(String table, String name, String... columns) {
        List<String> names = Operations.namesOf(List.of(columns));
        return new CreateIndex(Index.of(QualifiedName.parse(table), Operations.nameOf(name), names));
    }

    /** An index on whatever may stand between the parentheses of CREATE INDEX. */
    public static CreateIndex createIndexOn(String table, String name, String keys) {
        return new CreateIndex(Index.on(QualifiedName.parse(table), Operations.nameOf(name), keys));
    }

    /** An index less; it cannot be undone. */
    public static Operation dropIndex(String table, String name) {
        return new DropIndex(QualifiedName.parse(table), Operations.nameOf(name), null);
    }

    /** An index less, and how it was created. */
    public static Operation dropIndex(CreateIndex was) {
        return new DropIndex(was.index().table(), was.index().name(), was.index());
    }
}
