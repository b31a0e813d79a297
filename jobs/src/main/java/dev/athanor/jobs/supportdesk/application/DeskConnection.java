package dev.athanor.jobs.supportdesk.application;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Statement;
import java.time.Duration;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The application's pool, and how it sends a statement. */
final class DeskConnection {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ConnectionPool pool;

    DeskConnection(ConnectionFactory connections, int size) {
        this.pool = new ConnectionPool(ConnectionPoolConfiguration.builder(connections)
                .initialSize(0)
                .maxSize(size)
                .maxAcquireTime(PATIENCE)
                .build());
    }

    /** Sends a statement in a transaction of its own and reads the answer to its end. */
    Mono<Void> send(Request request) {
        return withConnection(connection -> {
            Statement statement = connection.createStatement(request.sql());
            Object[] parameters = request.parameters();
            for (int i = 0; i < parameters.length; i++) {
                statement.bind(i, parameters[i]);
            }
            return Flux.from(statement.execute())
                    .concatMap(
                            result -> request.read() ? result.map(row -> number(row, "id")) : result.getRowsUpdated())
                    .then();
        });
    }

    Mono<KnownKeys> knownKeys() {
        return withConnection(connection -> Flux.from(
                        connection.createStatement(KnownKeys.QUERY).execute())
                .concatMap(result -> result.map(row -> new KnownKeys(
                        number(row, "first_ticket"),
                        number(row, "last_ticket"),
                        number(row, "first_user"),
                        number(row, "last_user"))))
                .single());
    }

    Mono<Void> close() {
        return pool.disposeLater();
    }

    /** Closes in the background. */
    void closeNow() {
        pool.dispose();
    }

    /** The SQLSTATE, or the exception's name where the driver gives none. */
    static String sqlState(Throwable error) {
        String state = error instanceof R2dbcException known ? known.getSqlState() : null;
        return state == null ? error.getClass().getSimpleName() : state;
    }

    private <T> Mono<T> withConnection(Function<Connection, Mono<T>> work) {
        return Mono.usingWhen(pool.create(), work, Connection::close);
    }

    private static long number(Readable row, String column) {
        Long value = row.get(column, Long.class);
        return value == null ? 0 : value;
    }
}
