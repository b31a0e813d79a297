package dev.athanor.postgres;

import org.jspecify.annotations.Nullable;

/** What both kinds of rows check alike. */
final class ColumnValues {

    private ColumnValues() {}

    static <T> T present(String column, @Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("Column '" + column + "' is null");
        }
        return value;
    }
}
