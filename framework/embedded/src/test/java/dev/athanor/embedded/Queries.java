package dev.athanor.embedded;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** SQL on the standard database of a server. */
final class Queries {
    private Queries() {}

    static void execute(EmbeddedServer server, String sql) throws SQLException {
        try (Connection connection = connect(server);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static String text(EmbeddedServer server, String sql) throws SQLException {
        try (Connection connection = connect(server);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    private static Connection connect(EmbeddedServer server) throws SQLException {
        String url = "jdbc:postgresql://" + server.host() + ":" + server.port() + "/athanor";
        return DriverManager.getConnection(url, server.user(), server.password());
    }
}
