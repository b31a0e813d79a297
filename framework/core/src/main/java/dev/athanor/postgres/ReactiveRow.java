package dev.athanor.postgres;

import dev.athanor.postgres.TextArrayCodec.TextArray;
import io.r2dbc.spi.ColumnMetadata;
import io.r2dbc.spi.Readable;
import io.r2dbc.spi.RowMetadata;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of an R2DBC result. */
record ReactiveRow(Readable row, RowMetadata metadata) implements Row {

    @Override
    public List<String> columns() {
        return metadata.getColumnMetadatas().stream()
                .map(ColumnMetadata::getName)
                .toList();
    }

    @Override
    public @Nullable String text(String column) {
        return row.get(column, String.class);
    }

    @Override
    public @Nullable String text(int place) {
        return row.get(place, String.class);
    }

    @Override
    public String string(String column) {
        return ColumnValues.present(column, text(column));
    }

    @Override
    public long number(String column) {
        Object value = row.get(column);
        return value == null ? 0 : ColumnValues.wholeNumber(column, value);
    }

    @Override
    public @Nullable Long numberOrNull(String column) {
        Object value = row.get(column);
        return value == null ? null : ColumnValues.wholeNumber(column, value);
    }

    @Override
    public long wholeNumber(String column) {
        return ColumnValues.wholeNumber(column, row.get(column));
    }

    @Override
    public boolean flag(String column) {
        return Boolean.TRUE.equals(row.get(column, Boolean.class));
    }

    @Override
    public @Nullable Instant time(String column) {
        return row.get(column, Instant.class);
    }

    @Override
    public Instant instant(String column) {
        return ColumnValues.present(column, time(column));
    }

    @Override
    public @Nullable List<String> texts(String column) {
        String[] values = row.get(column, String[].class);
        return values == null ? null : List.of(values);
    }

    @Override
    public @Nullable String @Nullable [] elements(int place) {
        TextArray values = row.get(place, TextArray.class);
        return values == null ? null : values.elements();
    }
}
