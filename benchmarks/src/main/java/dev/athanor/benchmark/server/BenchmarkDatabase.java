package dev.athanor.benchmark.server;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Plain SQL on a database, each call on a connection of its own in autocommit, so that no session is left idle beside a measurement.
 *
 * @param url as libpq writes it, with the password
 */
public record BenchmarkDatabase(String url) {

    /** Runs one or several statements; several are one transaction. */
    public void execute(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage() + ", in: " + sql, e);
        }
    }

    /** The one whole number that a query gives. */
    public long number(String sql) {
        return Long.parseLong(text(sql));
    }

    /** The one value that a query gives, as text. */
    public String text(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            if (!result.next()) {
                throw new IllegalStateException("no row: " + sql);
            }
            return String.valueOf(result.getString(1));
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage() + ", in: " + sql, e);
        }
    }

    /** A connection of pgjdbc with its defaults, to be closed by the caller. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(JdbcUrl.of(url));
    }
}
