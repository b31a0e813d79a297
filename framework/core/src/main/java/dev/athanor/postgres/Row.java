package dev.athanor.postgres;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One row of a result, read by column name, the same over JDBC and R2DBC. Valid only while it is being mapped. */
public interface Row {

    /** Names of the columns, in order. */
    List<String> columns();

    /** Text value, or null. */
    @Nullable
    String text(String column);

    /** Text value of a column by its place, from 0: looking for a name costs more than reading a short value. */
    @Nullable
    String text(int place);

    /** Text value of a column that is never null. */
    String string(String column);

    /** Whole number; 0 for null. */
    long number(String column);

    /** Whole number, or null. */
    @Nullable
    Long numberOrNull(String column);

    /**
     * Whole number of a column that is never null, whatever its numeric type.
     *
     * @throws IllegalStateException for null and for what is no number
     * @throws ArithmeticException when it is not whole, or too large
     */
    long wholeNumber(String column);

    /** Truth value; false for null. */
    boolean flag(String column);

    /** Time, or null. */
    @Nullable
    Instant time(String column);

    /** Time of a column that is never null. */
    Instant instant(String column);

    /** A {@code text[]} none of whose elements is null, or null. */
    @Nullable
    List<String> texts(String column);

    /**
     * Elements of an array of texts, whole numbers, dates or times, by its place, from 0; null for null. Elements may be null;
     * those that are dates or times are the hex digits of their binary form. Over R2DBC only.
     */
    @Nullable
    String @Nullable [] elements(int place);
}
