package dev.athanor.operation;

import dev.athanor.sql.QualifiedName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code drop-default}: a column that is written by all who insert rows, so that it needs no default.
 *
 * @param table has the column
 * @param column true spelling
 * @param was the default so far, for undo; null: it cannot be undone
 */
record DropDefault(
        QualifiedName table, String column, @Nullable String was) implements Operation {
    static DropDefault read(Arguments arguments) {
        return new DropDefault(arguments.table("table"), arguments.name("column"), arguments.sqlOrNull("was"));
    }

    @Override
    public String keyword() {
        return "drop-default";
    }

    @Override
    public List<Part> contract() {
        return List.of(Part.schema(Alter.column(table, column, "DROP DEFAULT")));
    }

    @Override
    public List<Part> undoContract() {
        return was == null ? List.of() : List.of(Part.schema(Alter.column(table, column, "SET DEFAULT " + was)));
    }

    @Override
    public @Nullable String irreversible() {
        return was == null ? "drop-default of " + column + " is not told what the default was: was=…" : null;
    }
}
