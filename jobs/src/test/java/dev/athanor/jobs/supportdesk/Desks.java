package dev.athanor.jobs.supportdesk;

import dev.athanor.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** Support desks in test databases. */
public final class Desks {
    private Desks() {}

    /** Makes a support desk, instead of whatever the database held. */
    public static void renew(TestDatabase database, long tickets, long seed) {
        database.jdbc().execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
        SupportDesk.create(dataSource(database), tickets, seed, LoadListener.SILENT);
    }

    /** As {@link #renew}, as the desk was years ago. */
    public static void renewLegacy(TestDatabase database, long tickets, long seed) {
        database.jdbc().execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
        SupportDesk.createLegacy(dataSource(database), tickets, seed, LoadListener.SILENT);
    }

    static DataSource dataSource(TestDatabase database) {
        return new AbstractDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                return database.jdbc().connect();
            }

            @Override
            public Connection getConnection(String user, String password) throws SQLException {
                return getConnection();
            }
        };
    }
}
