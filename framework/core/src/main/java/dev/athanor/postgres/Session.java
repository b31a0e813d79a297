package dev.athanor.postgres;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One blocking (JDBC) connection for the time of a callback. Parameters stand as {@code ?} and may be String, Long,
 * Integer, Boolean, Instant, {@code List<String>} (bound as {@code text[]}) or null. Every failure is a
 * {@link DatabaseException}.
 */
public interface Session {

    /** Runs a statement; rows affected. */
    long execute(String sql, Object... parameters);

    /** Runs user SQL exactly as it stands, without parameters ({@code ?} is an operator there); rows affected. */
    long executeVerbatim(String sql);

    /** Runs a query. */
    <T> List<T> query(String sql, Function<Row, T> mapper, Object... parameters);

    /** Runs a query that gives at most one row. */
    <T> Optional<T> queryOne(String sql, Function<Row, T> mapper, Object... parameters);
}
