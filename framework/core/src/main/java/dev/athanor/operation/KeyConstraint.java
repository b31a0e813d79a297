package dev.athanor.operation;

import dev.athanor.sql.QualifiedName;
import java.util.List;

/**
 * A unique constraint or primary key, made from an index that is built concurrently.
 *
 * @param table has it
 * @param name of constraint and index
 * @param columns its columns
 * @param kind {@code UNIQUE} or {@code PRIMARY KEY}
 */
record KeyConstraint(QualifiedName table, String name, List<String> columns, String kind) {
    KeyConstraint {
        columns = List.copyOf(columns);
    }

    static KeyConstraint unique(Arguments arguments) {
        return read(arguments, "UNIQUE");
    }

    static KeyConstraint primary(Arguments arguments) {
        return read(arguments, "PRIMARY KEY");
    }

    private static KeyConstraint read(Arguments arguments, String kind) {
        return new KeyConstraint(
                arguments.table("table"),
                arguments.name("name"),
                arguments.names(arguments.has("columns") ? "columns" : "column"),
                kind);
    }

    /** Refuses a partitioned table, whose indexes cannot become constraints. */
    Part guard() {
        return Guard.refuse(
                Guard.isPartitioned(table),
                table.quoted() + " is partitioned, and an index of a partitioned table cannot become a constraint:"
                        + " use create-index with unique=true partitioned=true, which says the same");
    }

    /** Before it is dropped: refuses a partitioned table, for which undo could not make it again. */
    Part guardOfUndo() {
        return Guard.refuse(
                Guard.isPartitioned(table),
                table.quoted() + " is partitioned, and undo could not make the constraint again, because an index of a"
                        + " partitioned table cannot become one: leave out columns=… , and it cannot be undone");
    }

    /** Refuses a name that another index or constraint has: undo would take that away. */
    Part free() {
        return Guard.refuse(
                "EXISTS (SELECT FROM pg_catalog.pg_class i JOIN pg_catalog.pg_class t ON t.relnamespace = i.relnamespace"
                        + " WHERE t.oid = " + Names.regclass(table) + " AND i.relname = " + Names.literal(name)
                        + ") OR EXISTS (SELECT FROM pg_catalog.pg_constraint c WHERE c.conrelid = "
                        + Names.regclass(table) + " AND c.conname = " + Names.literal(name) + ")",
                table.quoted() + " has a constraint, or its schema an index or table, that is called "
                        + QualifiedName.quote(name) + ": choose another name");
    }

    /** Index and constraint. */
    List<Part> add() {
        return List.of(
                Part.autocommit("CREATE UNIQUE INDEX CONCURRENTLY " + Names.quoted(name) + " ON " + Names.quoted(table)
                        + " (" + Names.quoted(columns) + ");"),
                Part.schema(Alter.table(
                        table,
                        "ADD CONSTRAINT " + Names.quoted(name) + " " + kind + " USING INDEX " + Names.quoted(name))));
    }

    /** Takes both away, also when only the index is there. */
    List<Part> drop() {
        return List.of(
                Part.schema(Alter.dropConstraint(table, name)),
                Part.autocommit("DROP INDEX CONCURRENTLY IF EXISTS " + Names.quoted(Names.beside(table, name)) + ";"));
    }
}
