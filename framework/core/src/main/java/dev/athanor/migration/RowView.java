package dev.athanor.migration;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row as it was read: never changes, and may be used from any thread. Columns are called by their true spelling, the
 * one that the catalogue shows: {@code subject}, or {@code Subject} for a column that was made as {@code "Subject"}.
 */
public interface RowView {
    /** The columns that were read, in the order in which the step names them. */
    List<String> columns();

    /**
     * A value as PostgreSQL writes it; times in ISO 8601, {@code bytea} as {@code \x} and hex digits.
     *
     * @return null for NULL
     * @throws IllegalArgumentException when the column is not among those read
     */
    @Nullable
    String text(String column);

    /**
     * A value as an object: String, Short, Integer, Long, Double, Float, BigDecimal, Boolean, UUID, Instant,
     * OffsetDateTime, LocalDateTime, LocalDate, LocalTime or {@code byte[]}.
     *
     * @return null for NULL
     * @throws IllegalArgumentException when the column is not among those read, when it has no such value ({@code
     *     infinity} is no Instant), or for another class
     */
    <T> @Nullable T get(String column, Class<T> type);
}
