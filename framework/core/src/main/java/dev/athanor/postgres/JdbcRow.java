package dev.athanor.postgres;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The current row of a {@link ResultSet}. */
record JdbcRow(ResultSet rows, PgErrors errors) implements Row {

    @Override
    public List<String> columns() {
        return some(() -> {
            ResultSetMetaData metadata = rows.getMetaData();
            List<String> names = new ArrayList<>();
            for (int i = 1; i <= metadata.getColumnCount(); i++) {
                names.add(metadata.getColumnLabel(i));
            }
            return names;
        });
    }

    @Override
    public @Nullable String text(String column) {
        return any(() -> rows.getString(column));
    }

    @Override
    public @Nullable String text(int place) {
        return any(() -> rows.getString(place + 1));
    }

    @Override
    public String string(String column) {
        return ColumnValues.present(column, text(column));
    }

    @Override
    public long number(String column) {
        return some(() -> rows.getLong(column));
    }

    @Override
    public @Nullable Long numberOrNull(String column) {
        Object value = any(() -> rows.getObject(column));
        return value == null ? null : ColumnValues.wholeNumber(column, value);
    }

    @Override
    public long wholeNumber(String column) {
        return ColumnValues.wholeNumber(column, any(() -> rows.getObject(column)));
    }

    @Override
    public boolean flag(String column) {
        return some(() -> rows.getBoolean(column));
    }

    @Override
    public @Nullable Instant time(String column) {
        OffsetDateTime time = any(() -> rows.getObject(column, OffsetDateTime.class));
        return time == null ? null : time.toInstant();
    }

    @Override
    public Instant instant(String column) {
        return ColumnValues.present(column, time(column));
    }

    @Override
    public @Nullable List<String> texts(String column) {
        Array array = any(() -> rows.getArray(column));
        return array == null ? null : List.of(some(() -> (String[]) array.getArray()));
    }

    @Override
    public @Nullable String @Nullable [] elements(int place) {
        throw new UnsupportedOperationException("arrays of rows are read over R2DBC, where backfills run");
    }

    private <T> T some(Read<T> read) {
        try {
            return read.get();
        } catch (SQLException e) {
            throw errors.onStatement(e);
        }
    }

    private <T> @Nullable T any(NullableRead<T> read) {
        try {
            return read.get();
        } catch (SQLException e) {
            throw errors.onStatement(e);
        }
    }

    private interface Read<T> {
        T get() throws SQLException;
    }

    private interface NullableRead<T> {
        @Nullable
        T get() throws SQLException;
    }
}
