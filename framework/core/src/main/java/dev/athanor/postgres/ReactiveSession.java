package dev.athanor.postgres;

import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One R2DBC connection for the time of a callback. Publishers are cold; those subscribed together are pipelined on the
 * connection in subscription order. Parameters stand as {@code $1}, {@code $2} and may be String, Long, Integer,
 * Boolean, Instant, {@code String[]} (bound as {@code text[]}) or {@link #NULL_TEXT} / {@link #NULL_TEXTS}. Every error
 * is a {@link DatabaseException}.
 */
public interface ReactiveSession {

    /** Stands for a null of type text. */
    Object NULL_TEXT = new Object();

    /** Stands for a null of type {@code text[]}. */
    Object NULL_TEXTS = new Object();

    /** Runs a statement; rows affected (0 when the server gives no count). */
    Mono<Long> execute(String sql, Object... parameters);

    /** Runs several statements without parameters in one round trip (simple query). */
    Mono<Void> script(String sql);

    /** Runs a query. The mapper must not return null. */
    <T> Flux<T> query(String sql, Function<Row, T> mapper, Object... parameters);

    /** Asks the server to end the statement that this session is running; disposing a subscription does not. */
    Mono<Void> cancel();
}
