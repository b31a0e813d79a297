package dev.athanor.embedded;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/**
 * The few statements this module itself sends.
 *
 * @param port where the server listens on the loopback address
 * @param password of the superuser
 */
record Administration(int port, String password) {
    static final String HOST = "127.0.0.1";
    /** Not "athanor": the search path of a role looks first into the schema of its name, which is the state schema's. */
    static final String USER = "postgres";

    static final String DATABASE = "athanor";

    private static final String MAINTENANCE_DATABASE = "postgres";

    /** Makes the standard database when it is not there; so this is also the proof that the server answers. */
    void ensureDatabase() throws SQLException {
        ensureDatabase(DATABASE);
    }

    /** Several commands may try at once. */
    void ensureDatabase(String name) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement find = connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?");
                Statement statement = connection.createStatement()) {
            find.setString(1, name);
            boolean exists;
            try (ResultSet found = find.executeQuery()) {
                exists = found.next();
            }
            if (!exists) {
                create(statement, name);
            }
        }
    }

    private static void create(Statement statement, String name) throws SQLException {
        try {
            statement.execute("CREATE DATABASE " + quote(name));
        } catch (SQLException e) {
            boolean madeByAnother = "42P04".equals(e.getSQLState()) || "23505".equals(e.getSQLState());
            if (!madeByAnother) {
                throw e;
            }
        }
    }

    void createDatabase(String name) throws SQLException {
        execute("CREATE DATABASE " + quote(name));
    }

    /** Ends the database's sessions first. */
    void dropDatabase(String name) throws SQLException {
        execute("DROP DATABASE IF EXISTS " + quote(name) + " WITH (FORCE)");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", USER);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", "10");
        properties.setProperty("sslmode", "disable");
        properties.setProperty("ApplicationName", "athanor-embedded");
        String url = "jdbc:postgresql://" + HOST + ":" + port + "/" + MAINTENANCE_DATABASE;
        return DriverManager.getConnection(url, properties);
    }

    private static String quote(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
