package dev.athanor.postgres;

import dev.athanor.postgres.TextArrayCodec.TextArray;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.postgresql.api.PostgresqlResult;
import io.r2dbc.postgresql.api.PostgresqlStatement;
import io.r2dbc.postgresql.codec.PostgresqlObjectId;
import io.r2dbc.spi.Parameters;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A {@link ReactiveSession} over r2dbc-postgresql. */
final class R2dbcSession implements ReactiveSession {
    private final PostgresqlConnection connection;
    private final PgErrors errors;

    R2dbcSession(PostgresqlConnection connection, PgErrors errors) {
        this.connection = connection;
        this.errors = errors;
    }

    @Override
    public Mono<Long> execute(String sql, Object... parameters) {
        return results(sql, parameters)
                .concatMap(PostgresqlResult::getRowsUpdated)
                .reduce(0L, Long::sum)
                .onErrorMap(PgErrors::isFromDriver, errors::onStatement);
    }

    @Override
    public Mono<Void> script(String sql) {
        return execute(sql).then();
    }

    @Override
    public <T> Flux<T> query(String sql, Function<Row, T> mapper, Object... parameters) {
        return results(sql, parameters)
                .concatMap(result -> result.map((row, metadata) -> mapper.apply(new ReactiveRow(row, metadata))))
                .onErrorMap(PgErrors::isFromDriver, errors::onStatement);
    }

    @Override
    public Mono<Void> cancel() {
        return connection.cancelRequest().onErrorMap(PgErrors::isFromDriver, errors::onStatement);
    }

    private Flux<PostgresqlResult> results(String sql, Object... parameters) {
        return Flux.defer(() -> {
            PostgresqlStatement statement = connection.createStatement(sql);
            for (int i = 0; i < parameters.length; i++) {
                bind(statement, i, parameters[i]);
            }
            return statement.execute();
        });
    }

    private static void bind(PostgresqlStatement statement, int index, Object value) {
        if (value == NULL_TEXT) {
            statement.bind(index, Parameters.in(PostgresqlObjectId.TEXT));
        } else if (value == NULL_TEXTS) {
            statement.bind(index, Parameters.in(PostgresqlObjectId.TEXT_ARRAY));
        } else if (value instanceof String) {
            statement.bind(index, Parameters.in(PostgresqlObjectId.TEXT, value));
        } else if (value instanceof String[] elements) {
            statement.bind(index, Parameters.in(PostgresqlObjectId.TEXT_ARRAY, new TextArray(elements)));
        } else {
            statement.bind(index, value);
        }
    }
}
