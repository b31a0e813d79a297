package dev.athanor.postgres;

import org.jspecify.annotations.Nullable;

/** What both kinds of rows check alike. */
final class ColumnValues {

    private ColumnValues() {}

    static String present(String column, @Nullable String value) {
        if (value == null) {
            throw new IllegalStateException("Column '" + column + "' is null");
        }
        return value;
    }
}
