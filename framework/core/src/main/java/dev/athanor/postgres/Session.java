package dev.athanor.postgres;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One blocking (JDBC) connection for the time of a callback. Parameters stand as {@code ?} and may be String, Long,
 * Integer, Boolean, Instant, {@code List<String>} (bound as {@code text[]}) or null. Every failure is a
 * {@link DatabaseException}.
 */
public interface Session {

    /** Runs a statement; rows affected. */
    long execute(String sql, @Nullable Object... parameters);

    /** Runs user SQL exactly as it stands, without parameters ({@code ?} is an operator there); rows affected. */
    long executeVerbatim(String sql);

    /** As {@link #executeVerbatim}; what the server says along with it, as far as {@code client_min_messages} lets it. */
    List<String> messagesVerbatim(String sql);

    /** Runs a query of one text column exactly as it stands, without parameters; its rows in order without nulls. */
    List<String> queryVerbatim(String sql);

    /** Runs a query. */
    <T> List<T> query(String sql, Function<Row, T> mapper, @Nullable Object... parameters);

    /** Runs a query that gives at most one row. */
    <T> Optional<T> queryOne(String sql, Function<Row, T> mapper, @Nullable Object... parameters);

    /** Asks the server to end the statement that this session is running. May be called by any thread. */
    void cancel();
}
