package dev.athanor.postgres;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** A {@link Session} over pgjdbc. */
final class JdbcSession implements Session {
    private final Connection connection;
    private final PgErrors errors;

    JdbcSession(Connection connection, PgErrors errors) {
        this.connection = connection;
        this.errors = errors;
    }

    @Override
    public long execute(String sql, @Nullable Object... parameters) {
        return run(() -> {
            try (PreparedStatement statement = prepare(sql, parameters)) {
                statement.execute();
                return affected(statement);
            }
        });
    }

    @Override
    public long executeVerbatim(String sql) {
        return run(() -> {
            try (Statement statement = connection.createStatement()) {
                statement.setEscapeProcessing(false);
                statement.execute(sql);
                return affected(statement);
            }
        });
    }

    @Override
    public List<String> messagesVerbatim(String sql) {
        return run(() -> {
            try (Statement statement = connection.createStatement()) {
                statement.setEscapeProcessing(false);
                statement.execute(sql);
                List<String> messages = new ArrayList<>();
                for (SQLWarning said = statement.getWarnings(); said != null; said = said.getNextWarning()) {
                    messages.add(String.valueOf(said.getMessage()));
                }
                return messages;
            }
        });
    }

    @Override
    public List<String> queryVerbatim(String sql) {
        return run(() -> {
            try (Statement statement = connection.createStatement()) {
                statement.setEscapeProcessing(false);
                ResultSet rows = statement.executeQuery(sql);
                List<String> texts = new ArrayList<>();
                while (rows.next()) {
                    String text = rows.getString(1);
                    if (text != null) {
                        texts.add(text);
                    }
                }
                return texts;
            }
        });
    }

    @Override
    public <T> List<T> query(String sql, Function<Row, T> mapper, @Nullable Object... parameters) {
        return run(() -> {
            try (PreparedStatement statement = prepare(sql, parameters);
                    ResultSet rows = statement.executeQuery()) {
                Row row = new JdbcRow(rows, errors);
                List<T> result = new ArrayList<>();
                while (rows.next()) {
                    result.add(mapper.apply(row));
                }
                return result;
            }
        });
    }

    @Override
    public <T> Optional<T> queryOne(String sql, Function<Row, T> mapper, @Nullable Object... parameters) {
        List<T> rows = query(sql, mapper, parameters);
        if (rows.size() > 1) {
            throw new IllegalStateException(rows.size() + " rows where at most one was expected: " + sql);
        }
        return rows.stream().findFirst();
    }

    @Override
    public void cancel() {
        run(() -> {
            connection.unwrap(PGConnection.class).cancelQuery();
            return 0;
        });
    }

    private static long affected(Statement statement) throws SQLException {
        return Math.max(0, statement.getLargeUpdateCount());
    }

    private PreparedStatement prepare(String sql, @Nullable Object... parameters) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            for (int i = 0; i < parameters.length; i++) {
                bind(statement, i + 1, parameters[i]);
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    private void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        if (value == null) {
            statement.setNull(index, Types.NULL);
        } else if (value instanceof Instant instant) {
            statement.setObject(index, instant.atOffset(ZoneOffset.UTC));
        } else if (value instanceof List<?> texts) {
            Array array = connection.createArrayOf("text", texts.toArray());
            statement.setArray(index, array);
        } else if (value instanceof String
                || value instanceof Long
                || value instanceof Integer
                || value instanceof Boolean) {
            statement.setObject(index, value);
        } else {
            throw new IllegalArgumentException("No parameter type: " + value.getClass());
        }
    }

    private <T> T run(Call<T> call) {
        try {
            return call.run();
        } catch (SQLException e) {
            throw errors.onStatement(e);
        }
    }

    private interface Call<T> {
        T run() throws SQLException;
    }
}
