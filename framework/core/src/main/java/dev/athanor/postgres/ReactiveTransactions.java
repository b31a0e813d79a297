package dev.athanor.postgres;

import dev.athanor.AthanorException;
import dev.athanor.sql.QualifiedName;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.postgresql.api.PostgresqlResult;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Wrapped;
import java.util.Objects;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Reactive work on the server. Publishers are cold and may be subscribed again, each time on a connection of the pool
 * and in a fresh transaction. Every failure of the server or of the way to it is a {@link DatabaseException}.
 */
public final class ReactiveTransactions {
    private final Mono<? extends Connection> pool;
    private final Mono<PostgresqlConnection> apart;
    private final PgErrors errors;
    private final TransactionScript script;

    ReactiveTransactions(
            Mono<? extends Connection> pool,
            Mono<PostgresqlConnection> apart,
            PgErrors errors,
            TransactionScript script) {
        this.pool = pool;
        this.apart = apart;
        this.errors = errors;
        this.script = script;
    }

    /**
     * Runs work in one transaction. BEGIN and the settings are one round trip, COMMIT follows when the work completes,
     * and the result is given only after it. On an error the transaction is rolled back. On cancellation the running
     * statement is ended on the server first, then the transaction is rolled back. When the connection is lost during
     * the commit, nobody knows its outcome; look into the ledger before doing the work again.
     */
    public <T> Mono<T> inTransaction(TransactionSettings settings, Function<ReactiveSession, Mono<T>> work) {
        String begin = "BEGIN;" + script.of(settings);
        return Mono.usingWhen(
                acquire(),
                leased -> {
                    R2dbcSession session = new R2dbcSession(leased.driver(), errors);
                    // The commit is part of the work: usingWhen would wrap its error, and nobody could classify it.
                    return session.script(begin)
                            .then(Mono.defer(() -> work.apply(session)))
                            .flatMap(result -> commit(leased).thenReturn(result))
                            .switchIfEmpty(Mono.defer(() -> commit(leased).then(Mono.empty())));
                },
                Leased::release,
                (leased, error) -> rollback(leased),
                leased -> leased.driver().cancelRequest().onErrorComplete().then(rollback(leased)));
    }

    /** Runs reads; each statement sees what is committed when it begins. */
    public <T> Flux<T> readOnly(Function<ReactiveSession, Flux<T>> work) {
        return reading(TransactionSettings.SERVER_DEFAULTS, work);
    }

    /** As {@link #readOnly}, in one transaction with these settings. */
    public <T> Flux<T> reading(TransactionSettings settings, Function<ReactiveSession, Flux<T>> work) {
        return Flux.usingWhen(
                acquire(),
                leased -> {
                    R2dbcSession session = new R2dbcSession(leased.driver(), errors);
                    String begin = script.of(settings);
                    return begin.isEmpty()
                            ? work.apply(session)
                            : session.script("BEGIN;" + begin)
                                    .thenMany(Flux.defer(() -> work.apply(session)))
                                    .concatWith(Mono.defer(() -> commit(leased).then(Mono.empty())));
                },
                Leased::release,
                (leased, error) -> rollback(leased),
                leased -> leased.driver().cancelRequest().onErrorComplete().then(rollback(leased)));
    }

    /**
     * Announcements on a channel ({@code NOTIFY}), from the moment of subscription on. Listening is state of a session,
     * so it has a connection of its own, outside the pool; a transaction pooler lets none of them through.
     *
     * @return their payloads; ends or fails when the connection is lost
     */
    public Flux<String> notifications(String channel) {
        return Flux.usingWhen(
                apart.onErrorMap(this::fromPool, errors::onConnect),
                connection -> connection
                        .createStatement("LISTEN " + QualifiedName.quote(channel))
                        .execute()
                        .concatMap(PostgresqlResult::getRowsUpdated)
                        .thenMany(connection.getNotifications())
                        .map(notification -> Objects.requireNonNullElse(notification.getParameter(), ""))
                        .onErrorMap(PgErrors::isFromDriver, errors::onStatement),
                connection -> connection.close().onErrorComplete());
    }

    /**
     * Runs a statement that wants no transaction around it, such as VACUUM, on a connection of its own, outside the pool.
     * When it is cancelled, the statement is ended on the server, too.
     */
    public <T> Mono<T> apart(Function<ReactiveSession, Mono<T>> work) {
        return Mono.usingWhen(
                apart.onErrorMap(this::fromPool, errors::onConnect),
                connection -> work.apply(new R2dbcSession(connection, errors)),
                connection -> connection.close().onErrorComplete(),
                (connection, error) -> connection.close().onErrorComplete(),
                connection -> connection
                        .cancelRequest()
                        .onErrorComplete()
                        .then(connection.close().onErrorComplete()));
    }

    private Mono<Leased> acquire() {
        return pool.map(Leased::new).onErrorMap(this::fromPool, errors::onConnect);
    }

    private boolean fromPool(Throwable failure) {
        return !(failure instanceof AthanorException);
    }

    private Mono<Void> commit(Leased leased) {
        return leased.driver().commitTransaction().onErrorMap(PgErrors::isFromDriver, errors::onStatement);
    }

    /** A connection that cannot be rolled back is closed; the pool sees that and forgets it. */
    private static Mono<Void> rollback(Leased leased) {
        return leased.driver()
                .rollbackTransaction()
                .onErrorResume(e -> leased.driver().close().onErrorComplete())
                .then(leased.release());
    }

    private record Leased(Connection pooled, PostgresqlConnection driver) {

        Leased(Connection pooled) {
            this(pooled, Objects.requireNonNull((PostgresqlConnection) ((Wrapped<?>) pooled).unwrap()));
        }

        Mono<Void> release() {
            return Mono.defer(() -> Mono.from(pooled.close())).onErrorComplete();
        }
    }
}
