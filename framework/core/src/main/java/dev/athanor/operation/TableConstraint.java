package dev.athanor.operation;

import dev.athanor.sql.QualifiedName;
import java.util.List;

/**
 * A check or a foreign key, which can be added before the rows that are there obey it.
 *
 * @param table has it
 * @param name true spelling
 * @param definition what stands behind the name
 */
record TableConstraint(QualifiedName table, String name, String definition) {
    /** For rows that are written from now on, under a short lock; then for all, which locks nobody out. */
    List<Part> add() {
        return List.of(
                Part.schema(
                        Alter.table(table, "ADD CONSTRAINT " + Names.quoted(name) + " " + definition + " NOT VALID")),
                Part.schema(Alter.table(table, "VALIDATE CONSTRAINT " + Names.quoted(name))));
    }

    /** Before it is dropped: refuses one that is not valid, for undo would make it valid, or fail where rows do not obey it. */
    Part guardOfUndo() {
        return Guard.refuse(
                "EXISTS (SELECT FROM pg_catalog.pg_constraint c WHERE c.conrelid = " + Names.regclass(table)
                        + " AND c.conname = " + Names.literal(name) + " AND NOT c.convalidated)",
                "constraint " + QualifiedName.quote(name) + " of " + table.quoted() + " is not valid, and undo would"
                        + " make a valid one: validate it before, or do not tell what it was, and it cannot be undone");
    }

    /** Nothing to do where it is not there. */
    List<Part> drop() {
        return List.of(Part.schema(Alter.dropConstraint(table, name)));
    }

    /** As {@link #add}, also when it is there already. */
    List<Part> restore() {
        Part first = add().get(0);
        return List.of(Part.schema(Alter.dropConstraint(table, name) + first.sql()), add().get(1));
    }
}
