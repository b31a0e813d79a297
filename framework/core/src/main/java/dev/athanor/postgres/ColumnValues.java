package dev.athanor.postgres;

import java.math.BigDecimal;
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

    static long wholeNumber(String column, @Nullable Object value) {
        if (value instanceof Long || value instanceof Integer || value instanceof Short) {
            return ((Number) value).longValue();
        }
        if (value instanceof BigDecimal || value instanceof Double || value instanceof Float) {
            return new BigDecimal(value.toString()).longValueExact();
        }
        throw new IllegalStateException("Column '" + column + "' is no number");
    }
}
