package dev.athanor.operation;

import dev.athanor.sql.QualifiedName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code drop-primary-key}: a table without a key. Its columns stay NOT NULL. No foreign key may refer to it any more.
 *
 * @param table has it
 * @param name of the constraint
 * @param key what it was, for undo; null: it cannot be undone
 */
record DropPrimaryKey(
        QualifiedName table, String name, @Nullable KeyConstraint key) implements Operation {
    static DropPrimaryKey read(Arguments arguments) {
        boolean told = arguments.has("columns") | arguments.has("column");
        return new DropPrimaryKey(
                arguments.table("table"), arguments.name("name"), told ? KeyConstraint.primary(arguments) : null);
    }

    @Override
    public String keyword() {
        return "drop-primary-key";
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
        return key == null ? "drop-primary-key of " + name + " is not told what it was: columns=…" : null;
    }
}
