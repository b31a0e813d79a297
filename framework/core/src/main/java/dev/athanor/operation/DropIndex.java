package dev.athanor.operation;

import dev.athanor.sql.QualifiedName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code drop-index}: an index that only old versions of the application need.
 *
 * @param table has it
 * @param name of the index
 * @param index what it was, for undo; null: it cannot be undone
 */
record DropIndex(QualifiedName table, String name, @Nullable Index index) implements Operation {
    static DropIndex read(Arguments arguments) {
        return new DropIndex(arguments.table("table"), arguments.name("name"), Index.readIfTold(arguments));
    }

    @Override
    public String keyword() {
        return "drop-index";
    }

    @Override
    public List<Part> contract() {
        return index == null ? Index.drop(table, name) : index.drop();
    }

    @Override
    public List<Part> undoContract() {
        return index == null ? List.of() : index.restore();
    }

    @Override
    public @Nullable String irreversible() {
        return index == null ? "drop-index of " + name + " is not told what it was: columns=… or on=…" : null;
    }
}
