package dev.athanor.examples.application;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactoryProvider;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Statement;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The connections of one instance. */
final class Connections {
    private static final int SIZE = 8;
    /** Rows in memory at once while all are read. */
    private static final int FETCH = 5_000;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ConnectionPool pool;

    Connections(String url, String applicationName) {
        ConnectionFactoryOptions options = ConnectionFactoryOptions.parse("r2dbc:" + url)
                .mutate()
                .option(PostgresqlConnectionFactoryProvider.APPLICATION_NAME, applicationName)
                .build();
        this.pool = new ConnectionPool(ConnectionPoolConfiguration.builder(ConnectionFactories.get(options))
                .initialSize(SIZE)
                .maxSize(SIZE)
                .maxAcquireTime(PATIENCE)
                .build());
    }

    /** Connects, as an instance does before it takes requests. */
    Mono<Void> open() {
        return pool.warmup().then();
    }

    Mono<Void> close() {
        return pool.disposeLater();
    }

    /** Runs a query. */
    Mono<List<SeenRow>> read(Sql sql) {
        return with(
                statement -> Flux.from(statement.execute())
                        .concatMap(result -> result.map((row, metadata) -> SeenRow.of(row)))
                        .collectList(),
                sql);
    }

    /** All rows of a query, as they come. */
    Flux<SeenRow> all(String query) {
        return Flux.usingWhen(
                pool.create(),
                connection -> Flux.from(connection
                                .createStatement(query)
                                .fetchSize(FETCH)
                                .execute())
                        .concatMap(result -> result.map((row, metadata) -> SeenRow.of(row))),
                Connection::close);
    }

    /** Runs a statement that answers with one number. */
    Mono<Long> number(Sql sql) {
        return with(
                statement -> Flux.from(statement.execute())
                        .concatMap(result -> result.map((row, metadata) -> SeenRow.number(row, 0)))
                        .last(),
                sql);
    }

    /** Runs a statement; how many rows it counts. */
    Mono<Long> write(Sql sql) {
        return with(
                statement -> Flux.from(statement.execute())
                        .concatMap(result -> result.getRowsUpdated())
                        .reduce(0L, Long::sum),
                sql);
    }

    private <T> Mono<T> with(Function<Statement, Mono<T>> work, Sql sql) {
        return Mono.usingWhen(pool.create(), connection -> work.apply(bound(connection, sql)), Connection::close);
    }

    private static Statement bound(Connection connection, Sql sql) {
        Statement statement = connection.createStatement(sql.text());
        for (int i = 0; i < sql.values().size(); i++) {
            statement.bind(i, sql.values().get(i));
        }
        return statement;
    }
}
