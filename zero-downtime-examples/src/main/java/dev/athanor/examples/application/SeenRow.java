package dev.athanor.examples.application;

import io.r2dbc.spi.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A row as a version of the application reads it. */
record SeenRow(long id, long edit, List<@Nullable Object> values) {

    /** From the columns id, edit, and what the version shows. */
    static SeenRow of(Row row) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int column = 2; column < row.getMetadata().getColumnMetadatas().size(); column++) {
            values.add(row.get(column));
        }
        return new SeenRow(number(row, 0), number(row, 1), values);
    }

    /** A column that is an integer of whatever width. */
    static long number(Row row, int column) {
        return ((Number) Objects.requireNonNull(row.get(column))).longValue();
    }
}
