package dev.athanor.testkit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * SQL for preparing and checking a test. Each call has a connection of its own, so nothing is left open; failures come as
 * {@link IllegalStateException} with the statement.
 */
public final class Jdbc {
    private final ServerAddress address;

    /** Access to any database, by its URL as libpq writes it. */
    public static Jdbc at(String url) {
        return new Jdbc(ServerAddress.parse(url));
    }

    Jdbc(ServerAddress address) {
        this.address = address;
    }

    /** A connection for tests that hold locks or transactions; the caller closes it. */
    public Connection connect() throws SQLException {
        return address.connect();
    }

    /** Runs a script: one or several statements without parameters, in one implicit transaction. */
    public void execute(String script) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(script);
        } catch (SQLException e) {
            throw failed(script, e);
        }
    }

    /** Runs one statement with {@code ?} parameters; the rows it changed. */
    public int update(String sql, @Nullable Object... parameters) {
        try (Connection connection = connect();
                PreparedStatement statement = prepare(connection, sql, parameters)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    /** The first column of the first row as a number; fails when there is no row or it is NULL. */
    public long number(String sql, @Nullable Object... parameters) {
        String text = text(sql, parameters);
        if (text == null) {
            throw new IllegalStateException("no number comes from: " + sql);
        }
        return Long.parseLong(text);
    }

    /** The first column of the first row as text; null when there is no row or it is NULL. */
    public @Nullable String text(String sql, @Nullable Object... parameters) {
        List<List<@Nullable String>> rows = rows(sql, parameters);
        return rows.isEmpty() ? null : rows.get(0).get(0);
    }

    /** The first column of all rows, as text. */
    public List<@Nullable String> texts(String sql, @Nullable Object... parameters) {
        List<@Nullable String> texts = new ArrayList<>();
        rows(sql, parameters).forEach(row -> texts.add(row.get(0)));
        return texts;
    }

    /** All rows, each value as text. */
    public List<List<@Nullable String>> rows(String sql, @Nullable Object... parameters) {
        try (Connection connection = connect();
                PreparedStatement statement = prepare(connection, sql, parameters);
                ResultSet result = statement.executeQuery()) {
            List<List<@Nullable String>> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(row(result));
            }
            return rows;
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    private static List<@Nullable String> row(ResultSet result) throws SQLException {
        List<@Nullable String> row = new ArrayList<>();
        for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
            row.add(result.getString(column));
        }
        return row;
    }

    private static PreparedStatement prepare(Connection connection, String sql, @Nullable Object[] parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int index = 0; index < parameters.length; index++) {
            statement.setObject(index + 1, parameters[index]);
        }
        return statement;
    }

    private static IllegalStateException failed(String sql, SQLException e) {
        return new IllegalStateException("SQLSTATE " + e.getSQLState() + ": " + e.getMessage() + "\nin: " + sql, e);
    }
}
