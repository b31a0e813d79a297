package dev.athanor.operation;

import dev.athanor.sql.QualifiedName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code drop-sequence}: a sequence that no version of the application needs any more.
 *
 * @param name of the sequence
 * @param options as behind {@code CREATE SEQUENCE}, for undo; null: it cannot be undone
 */
record DropSequence(QualifiedName name, @Nullable String options) implements Operation {
    static DropSequence read(Arguments arguments) {
        return new DropSequence(arguments.table("name"), arguments.sqlOrNull("options"));
    }

    @Override
    public String keyword() {
        return "drop-sequence";
    }

    @Override
    public List<Part> contract() {
        return List.of(Sequence.drop(name, "DROP SEQUENCE"));
    }

    @Override
    public List<Part> undoContract() {
        return options == null ? List.of() : List.of(Sequence.create(name, "CREATE SEQUENCE IF NOT EXISTS", options));
    }

    @Override
    public @Nullable String irreversible() {
        return options == null ? "drop-sequence of " + name + " is not told what it was: options=…" : null;
    }
}
