package dev.athanor.backfill;

import dev.athanor.catalog.ColumnPicture;
import dev.athanor.catalog.ColumnPicture.Kind;
import dev.athanor.migration.RowView;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One row as it was read, with its key. */
final class SourceRow implements RowView {
    private static final Map<Class<?>, Function<String, Object>> READERS = Map.ofEntries(
            Map.entry(String.class, text -> text),
            Map.entry(Short.class, Short::valueOf),
            Map.entry(Integer.class, Integer::valueOf),
            Map.entry(Long.class, Long::valueOf),
            Map.entry(Float.class, Float::valueOf),
            Map.entry(Double.class, Double::valueOf),
            Map.entry(BigDecimal.class, BigDecimal::new),
            Map.entry(UUID.class, UUID::fromString),
            Map.entry(LocalTime.class, LocalTime::parse));

    private final List<ColumnPicture> columns;
    private final List<String> key;
    private final @Nullable String[] values;
    private final @Nullable String version;

    SourceRow(List<ColumnPicture> columns, List<String> key, @Nullable String[] values, @Nullable String version) {
        this.columns = columns;
        this.key = key;
        this.values = values;
        this.version = version;
    }

    /** The transaction that made it, when that was read: no other version of a row has the same. */
    @Nullable
    String version() {
        return version;
    }

    List<String> key() {
        return key;
    }

    /** About the memory that its key and its values take. */
    long bytes() {
        long sum = 0;
        for (String value : key) {
            sum += RowBatch.VALUE_BYTES + value.length();
        }
        for (String value : values) {
            sum += value == null ? 0 : RowBatch.VALUE_BYTES + value.length();
        }
        return sum;
    }

    /** A value as it was read, to be compared with what is there then. */
    @Nullable
    String raw(int column) {
        return values[column];
    }

    /** A value as it may be written again. */
    @Nullable
    String text(int column) {
        String value = values[column];
        Kind kind = columns.get(column).kind();
        return value == null || !isTime(kind) ? value : Times.text(kind, value);
    }

    @Override
    public List<String> columns() {
        return columns.stream().map(ColumnPicture::name).toList();
    }

    @Override
    public @Nullable String text(String column) {
        return text(index(column));
    }

    @Override
    public <T> @Nullable T get(String column, Class<T> type) {
        int index = index(column);
        String value = values[index];
        if (value == null) {
            return null;
        }
        try {
            return type.cast(read(columns.get(index).kind(), value, type));
        } catch (IllegalArgumentException | java.time.DateTimeException | ClassCastException e) {
            throw new IllegalArgumentException(
                    "column '" + column + "' holds '" + text(index) + "', which is no " + type.getSimpleName(), e);
        }
    }

    private static Object read(Kind kind, String value, Class<?> type) {
        if (isTime(kind) && type != String.class) {
            return time(kind, value, type);
        }
        if (type == Boolean.class) {
            return flag(value);
        }
        if (type == byte[].class && kind == Kind.BYTES) {
            return HexFormat.of().parseHex(value, 2, value.length());
        }
        Function<String, Object> reader = READERS.get(type);
        if (reader == null) {
            throw new IllegalArgumentException("no class that values are given as: " + type.getName());
        }
        return reader.apply(isTime(kind) ? Times.text(kind, value) : value);
    }

    private static Object time(Kind kind, String value, Class<?> type) {
        if (Times.isInfinite(kind, value)) {
            throw new IllegalArgumentException("infinite");
        }
        if (type == LocalDate.class) {
            return kind == Kind.DATE ? Times.date(value) : Times.time(value).toLocalDate();
        }
        if (type == Instant.class && kind == Kind.TIMESTAMPTZ) {
            return Times.instant(value);
        }
        LocalDateTime time = kind == Kind.DATE ? Times.date(value).atStartOfDay() : Times.time(value);
        if (type == OffsetDateTime.class && kind == Kind.TIMESTAMPTZ) {
            return time.atOffset(ZoneOffset.UTC);
        }
        return time;
    }

    private static Boolean flag(String value) {
        if (value.equals("true") || value.equals("false")) {
            return value.equals("true");
        }
        throw new IllegalArgumentException("no truth value");
    }

    private static boolean isTime(Kind kind) {
        return kind == Kind.DATE || kind == Kind.TIMESTAMP || kind == Kind.TIMESTAMPTZ;
    }

    private int index(String column) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(column)) {
                return i;
            }
        }
        throw new IllegalArgumentException(
                "column '" + column + "' is not among those read: " + String.join(", ", columns()));
    }
}
