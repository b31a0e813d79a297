package dev.athanor.operation;

import dev.athanor.sql.QualifiedName;
import java.util.List;

/**
 * {@code add-column}: a new column that old versions of the application need not know. A constant default is stored once
 * in the catalogue and costs nothing (PostgreSQL 11 and later).
 *
 * @param table gets the column
 * @param column what it is
 */
public record AddColumn(QualifiedName table, Column column) implements Operation {
    static AddColumn read(Arguments arguments) {
        return new AddColumn(arguments.table("table"), Column.read(arguments));
    }

    @Override
    public String keyword() {
        return "add-column";
    }

    @Override
    public void validate(Objections objections) {
        if (column.notNull() && column.defaultValue() == null) {
            objections.add("found not-null=true without a default, expected default=… :"
                    + " rows that are there, and old versions of the application, have no value for the column");
        }
    }

    @Override
    public List<Part> expand() {
        String value = column.defaultValue() == null ? "" : " DEFAULT " + column.defaultValue();
        String notNull = column.notNull() ? " NOT NULL" : "";
        return List.of(Part.schema("ALTER TABLE " + Names.quoted(table) + " ADD COLUMN " + Names.quoted(column.name())
                + " " + column.type() + value + notNull + ";"));
    }

    @Override
    public List<Part> undoExpand() {
        return List.of(Part.schema(
                "ALTER TABLE " + Names.quoted(table) + " DROP COLUMN IF EXISTS " + Names.quoted(column.name()) + ";"));
    }
}
