package dev.athanor.operation;

import dev.athanor.sql.QualifiedName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code drop-unique}: several rows may have the same values. In contract, because old versions may insert with {@code ON
 * CONFLICT} on these columns.
 *
 * @param table has it
 * @param name of the constraint
 * @param key what it was, for undo; null: it cannot be undone
 */
record DropUnique(
        QualifiedName table, String name, @Nullable KeyConstraint key) implements Operation {
    static DropUnique read(Arguments arguments) {
        boolean told = arguments.has("columns") | arguments.has("column");
        return new DropUnique(
                arguments.table("table"), arguments.name("name"), told ? KeyConstraint.unique(arguments) : null);
    }

    @Override
    public String keyword() {
        return "drop-unique";
    }

    @Override
    public List<Part> contract() {
        Part drop = Part.schema(Alter.table(table, "DROP CONSTRAINT " + Names.quoted(name)));
        return key == null ? List.of(drop) : List.of(key.guardOfUndo(), drop);
    }

    @Override
    public List<Part> undoContract() {
        return key == null ? List.of() : key.add();
    }

    @Override
    public @Nullable String irreversible() {
        return key == null ? "drop-unique of " + name + " is not told what it was: columns=…" : null;
    }
}
