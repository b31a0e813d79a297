package dev.athanor.operation;

import dev.athanor.sql.QualifiedName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code drop-check}: rows need not obey a condition any more. In expand, so that new versions may write what old ones
 * do not; in contract when it is not told what the condition was, and so cannot be undone.
 *
 * @param table has it
 * @param name of the constraint
 * @param check its condition, for undo
 */
record DropCheck(QualifiedName table, String name, @Nullable String check) implements Operation {
    static DropCheck read(Arguments arguments) {
        return new DropCheck(arguments.table("table"), arguments.name("name"), arguments.sqlOrNull("check"));
    }

    @Override
    public String keyword() {
        return "drop-check";
    }

    @Override
    public List<Part> expand() {
        return check == null ? List.of() : List.of(constraint(check).guardOfUndo(), drop());
    }

    @Override
    public List<Part> contract() {
        return check == null ? List.of(drop()) : List.of();
    }

    @Override
    public List<Part> undoExpand() {
        return check == null ? List.of() : constraint(check).restore();
    }

    private TableConstraint constraint(String condition) {
        return new TableConstraint(table, name, "CHECK (" + condition + ")");
    }

    private Part drop() {
        return Part.schema(Alter.table(table, "DROP CONSTRAINT " + Names.quoted(name)));
    }

    @Override
    public @Nullable String irreversible() {
        return check == null ? "drop-check of " + name + " is not told what the condition was: check=…" : null;
    }
}
