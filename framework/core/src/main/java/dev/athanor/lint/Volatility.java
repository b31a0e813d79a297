package dev.athanor.lint;

import dev.athanor.sql.QualifiedName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;

/**
 * Whether a value may differ from row to row. Which of the server's functions never do is from {@code pg_proc} of
 * PostgreSQL 14 to 18: names of which no overload is volatile in any of them. A function that neither the server nor the
 * revision declares otherwise counts as volatile, which is what CREATE FUNCTION makes of one by default.
 */
final class Volatility {
    /** What {@code AT TIME ZONE} calls; before PostgreSQL 16 one of its forms is volatile, which takes a time of day. */
    private static final String OF_TIME_ZONES = "timezone";

    private static final Set<String> TIMES_OF_DAY = Set.of("current_time", "timetz");

    private static final Set<String> NEVER = read();

    private Volatility() {}

    static boolean changes(Expression value, History history) {
        boolean ofTimeOfDay = value.hasWord(TIMES_OF_DAY);
        return value.functions().stream()
                .anyMatch(function -> function.equals(OF_TIME_ZONES) ? ofTimeOfDay : isVolatile(function, history));
    }

    /** Whether the server has this function and none of its overloads is volatile. */
    static boolean isKnownSafe(String function) {
        return NEVER.contains(function);
    }

    private static boolean isVolatile(String function, History history) {
        int dot = function.indexOf('.');
        QualifiedName name = dot < 0
                ? new QualifiedName(null, function)
                : new QualifiedName(function.substring(0, dot), function.substring(dot + 1));
        boolean known = dot < 0 && isKnownSafe(function);
        return history.isVolatile(name).orElse(!known);
    }

    private static Set<String> read() {
        String resource = "functions-not-volatile.txt";
        try (InputStream in = Objects.requireNonNull(Volatility.class.getResourceAsStream(resource), resource)) {
            return Set.of(new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
