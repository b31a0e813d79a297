package dev.athanor.operation;

import org.jspecify.annotations.Nullable;

/**
 * A column to be made.
 *
 * @param name true spelling
 * @param type as in SQL, collation included
 * @param defaultValue expression; null: none
 * @param notNull whether it may not be null in the end
 */
public record Column(String name, String type, @Nullable String defaultValue, boolean notNull) {
    public Column {
        Fragments.whole("the type of column '" + name + "'", type);
        if (defaultValue != null) {
            Fragments.whole("the default of column '" + name + "'", defaultValue);
        }
    }

    static Column read(Arguments arguments) {
        return new Column(
                arguments.name("column"),
                arguments.sql("type"),
                arguments.sqlOrNull("default"),
                arguments.flag("not-null"));
    }

    /** The same with a default. */
    public Column withDefault(String expression) {
        return new Column(name, type, expression, notNull);
    }

    /** The same, never null in the end. */
    public Column asNotNull() {
        return new Column(name, type, defaultValue, true);
    }
}
