package dev.athanor.operation;

import dev.athanor.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code set-default}: what a column gets in rows that are inserted without it. Rows that are there stay as they are.
 *
 * @param table has the column
 * @param column true spelling
 * @param value the default
 * @param was the default so far; null: there is none, which is looked at before anything is changed
 */
record SetDefault(
        QualifiedName table,
        String column,
        String value,
        @Nullable String was) implements Operation {
    SetDefault {
        Fragments.whole("the default of column '" + column + "'", value);
    }

    static SetDefault read(Arguments arguments) {
        return new SetDefault(
                arguments.table("table"),
                arguments.name("column"),
                arguments.sql("default"),
                arguments.sqlOrNull("was"));
    }

    @Override
    public String keyword() {
        return "set-default";
    }

    @Override
    public List<Part> expand() {
        List<Part> parts = new ArrayList<>();
        if (was == null) {
            parts.add(untold(table, column));
        }
        parts.add(Part.schema(Alter.column(table, column, "SET DEFAULT " + value)));
        return parts;
    }

    @Override
    public List<Part> undoExpand() {
        return List.of(Part.schema(Alter.column(table, column, was == null ? "DROP DEFAULT" : "SET DEFAULT " + was)));
    }

    /** Refuses where the column has a default that undo would not know. */
    static Part untold(QualifiedName table, String column) {
        String has = "EXISTS (SELECT FROM pg_catalog.pg_attribute a WHERE a.attrelid = " + Names.regclass(table)
                + " AND a.attname = " + Names.literal(column) + " AND NOT a.attisdropped AND a.atthasdef)";
        return Guard.refuse(
                has,
                "column " + table.quoted() + "." + QualifiedName.quote(column)
                        + " has a default, and undo would not know it: say was=\"…\" with the default so far");
    }
}
