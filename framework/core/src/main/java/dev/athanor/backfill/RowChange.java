package dev.athanor.backfill;

import dev.athanor.catalog.ColumnPicture;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to become of a row.
 *
 * @param row as it was read
 * @param values as texts, one for each column written; null for NULL
 * @param set for each of these, whether it is to be written
 */
record RowChange(SourceRow row, @Nullable String[] values, boolean[] set) {

    /** The change that copies a row as it is. */
    static RowChange copying(SourceRow row, int columns) {
        RowChange change = new RowChange(row, new String[columns], new boolean[columns]);
        for (int i = 0; i < columns; i++) {
            change.values[i] = row.text(i);
            change.set[i] = true;
        }
        return change;
    }

    /** Whether it leaves some of the columns as they are. */
    boolean isPartial() {
        for (boolean one : set) {
            if (!one) {
                return true;
            }
        }
        return false;
    }

    /** The change that the answer of a transform makes of a row. */
    static RowChange of(SourceRow row, Map<String, ? extends @Nullable Object> given, List<ColumnPicture> writes) {
        RowChange change = new RowChange(row, new String[writes.size()], new boolean[writes.size()]);
        int known = 0;
        for (int i = 0; i < writes.size(); i++) {
            String column = writes.get(i).name();
            if (given.containsKey(column)) {
                change.values[i] = value(column, given.get(column));
                change.set[i] = true;
                known++;
            }
        }
        if (known < given.size()) {
            throw new IllegalArgumentException("it gives " + String.join(", ", given.keySet())
                    + ", and the columns written are "
                    + String.join(", ", writes.stream().map(ColumnPicture::name).toList()));
        }
        return change;
    }

    private static @Nullable String value(String column, @Nullable Object value) {
        try {
            return WrittenValue.text(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("column '" + column + "': " + e.getMessage(), e);
        }
    }
}
