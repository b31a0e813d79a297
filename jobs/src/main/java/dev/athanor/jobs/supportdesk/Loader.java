package dev.athanor.jobs.supportdesk;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;

/**
 * Makes and fills the tables over two connections: tickets with users and agents on one, comments and ratings on the
 * other. Rows come first, frozen as they are copied; keys, references and statistics follow.
 */
final class Loader {
    private final DataSource dataSource;
    private final DataSize size;
    private final long seed;
    private final LoadListener listener;
    private final TwoAtOnce halves = new TwoAtOnce();
    private List<String> more = List.of();

    Loader(DataSource dataSource, DataSize size, long seed, LoadListener listener) {
        this.dataSource = dataSource;
        this.size = size;
        this.seed = seed;
        this.listener = listener;
    }

    /** Runs this script too, when rows, keys and references are there. */
    Loader thenRunning(String script) {
        more = List.of(script);
        return this;
    }

    void load() throws SQLException {
        transaction(connection -> script(connection, "tables"));
        try {
            halves.run(this::loadTickets, this::loadComments);
            listener.progress("indexes", 0, 0);
            halves.run(
                    () -> transaction(connection -> script(connection, "ticket-keys")),
                    () -> transaction(connection -> script(connection, "comment-keys")));
            listener.progress("foreign keys", 0, 0);
            transaction(connection -> script(connection, "references"));
            halves.run(
                    () -> transaction(connection -> script(connection, "ticket-references")),
                    () -> transaction(connection -> script(connection, "comment-references")));
            for (String name : more) {
                listener.progress(name, 0, 0);
                transaction(connection -> script(connection, name));
            }
            listener.progress("vacuum", 0, 0);
            halves.run(
                    () -> vacuum("users, agents, tickets"),
                    () -> vacuum(more.isEmpty() ? "comments, customer_satisfaction" : "comments"));
        } catch (SQLException | RuntimeException e) {
            removeWhatWasMade(e);
            throw e;
        }
    }

    private void loadTickets() throws SQLException {
        transaction(connection -> {
            execute(connection, "TRUNCATE users, agents, tickets");
            TableCopy copy = new TableCopy(connection, size, seed, listener, halves);
            copy.users();
            copy.agents();
            copy.tickets();
            continueIds(connection, "users", "agents", "tickets");
        });
    }

    private void loadComments() throws SQLException {
        transaction(connection -> {
            execute(connection, "TRUNCATE comments, customer_satisfaction");
            TableCopy copy = new TableCopy(connection, size, seed, listener, halves);
            copy.comments();
            copy.satisfaction();
            continueIds(connection, "comments", "customer_satisfaction");
        });
    }

    private static void continueIds(Connection connection, String... tables) throws SQLException {
        for (String table : tables) {
            execute(
                    connection,
                    "SELECT setval(pg_get_serial_sequence('%s', 'id'), coalesce(max(id) + 1, 1), false) FROM %s"
                            .formatted(table, table));
        }
    }

    private void vacuum(String tables) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            execute(connection, "VACUUM (ANALYZE) " + tables);
        }
    }

    private void removeWhatWasMade(Exception cause) {
        try {
            transaction(connection -> execute(
                    connection, "DROP TABLE IF EXISTS customer_satisfaction, comments, tickets, agents, users"));
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private static void script(Connection connection, String name) throws SQLException {
        // Sorting a million keys in memory instead of on disk; two run at once.
        execute(connection, "SET LOCAL maintenance_work_mem = '192MB'");
        execute(connection, Resources.text("schema/" + name + ".sql"));
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void transaction(Work work) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                work.on(connection);
                connection.commit();
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    private interface Work {
        void on(Connection connection) throws SQLException;
    }
}
