package dev.athanor.benchmark.subject;

import java.sql.Connection;
import java.sql.SQLException;

/** Work on one connection of pgjdbc, which is open before it begins. */
record JdbcWork(Connection connection, Script script) implements Work {

    /** What is done on the connection, which is in autocommit. */
    @FunctionalInterface
    interface Script {
        void run(Connection connection) throws SQLException;
    }

    static JdbcWork on(Workplace place, Script script) throws SQLException {
        return new JdbcWork(place.database().connect(), script);
    }

    @Override
    public void run() throws SQLException {
        script.run(connection);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
