package dev.athanor.examples.application;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement of an application.
 *
 * @param text with {@code $1}, {@code $2} … for the values
 * @param values in that order; an {@link io.r2dbc.spi.Parameter} for a NULL, which has to name its type
 */
public record Sql(String text, List<Object> values) {

    /** A statement with its values. */
    public static Sql sql(String text, Object... values) {
        return new Sql(text, List.of(values));
    }

    /** A list that may hold NULLs, for what a version reads. */
    public static List<@Nullable Object> row(@Nullable Object... values) {
        return Collections.unmodifiableList(Arrays.asList(values));
    }
}
