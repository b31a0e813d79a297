package dev.athanor.postgres;

import dev.athanor.AthanorException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Function;
import javax.sql.DataSource;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/** Blocking work on the server. Thread-safe; each call takes a connection of its own and gives it back. */
public final class Transactions {
    private final DataSource dataSource;
    private final PgErrors errors;
    private final TransactionScript begin;

    Transactions(DataSource dataSource, PgErrors errors, TransactionScript begin) {
        this.dataSource = dataSource;
        this.errors = errors;
        this.begin = begin;
    }

    /**
     * Runs work in one transaction: commits when it returns, rolls back when it throws.
     *
     * @throws DatabaseException when the server does not do its part. When the connection is lost during the commit,
     *     nobody knows its outcome; look into the ledger before doing the work again
     */
    public <T> T inTransaction(TransactionSettings settings, Function<Session, T> work) {
        return withConnection(connection -> {
            connection.setAutoCommit(false);
            try {
                String script = begin.of(settings);
                if (!script.isEmpty()) {
                    try (Statement statement = connection.createStatement()) {
                        statement.execute(script);
                    }
                }
                T result = work.apply(new JdbcSession(connection, errors));
                refuseFailed(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException | Error e) {
                rollback(connection, e);
                throw e;
            }
        });
    }

    /** Runs work statement by statement, each a transaction of its own. */
    public <T> T autocommit(Function<Session, T> work) {
        return withConnection(connection -> {
            connection.setAutoCommit(true);
            return work.apply(new JdbcSession(connection, errors));
        });
    }

    /** The driver takes a COMMIT that the server answers by ROLLBACK for a success. */
    private void refuseFailed(Connection connection) throws SQLException {
        if (connection.unwrap(BaseConnection.class).getTransactionState() == TransactionState.FAILED) {
            throw errors.rolledBack();
        }
    }

    private static void rollback(Connection connection, Throwable reason) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }

    private <T> T withConnection(Work<T> work) {
        Connection connection = open();
        try (connection) {
            return work.on(connection);
        } catch (SQLException e) {
            throw errors.onStatement(e);
        }
    }

    private Connection open() {
        try {
            return dataSource.getConnection();
        } catch (SQLException e) {
            AthanorException translated = errors.onConnect(e);
            throw translated;
        }
    }

    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }
}
