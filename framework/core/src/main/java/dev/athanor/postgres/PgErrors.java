package dev.athanor.postgres;

import com.zaxxer.hikari.pool.HikariPool;
import dev.athanor.AthanorException;
import dev.athanor.postgres.DatabaseException.Reason;
import dev.athanor.sql.SqlStateClass;
import io.r2dbc.postgresql.api.ErrorDetails;
import io.r2dbc.postgresql.api.PostgresqlException;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcTimeoutException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import reactor.pool.PoolAcquirePendingLimitException;
import reactor.pool.PoolAcquireTimeoutException;

/**
 * The exceptions of both drivers and both pools as {@link DatabaseException}. The one place that knows their classes;
 * what happened is decided by SQLSTATE, and by class only where a driver gives none.
 */
final class PgErrors {
    /** Connection failure: what is assumed when a driver names no state. */
    private static final String FAILURE = "08006";
    /** What pgjdbc gives when the server wants a password and there is none. */
    private static final String REJECTED = "08004";

    /** What r2dbc-postgresql gives an error that it raises itself. */
    private static final String NO_CODE = "99999";
    /** Transaction rollback, of the SQL standard. */
    private static final String ROLLBACK = "40000";

    private final ConnectionUrl url;

    PgErrors(ConnectionUrl url) {
        this.url = url;
    }

    /** For a failure of getting a connection. */
    AthanorException onConnect(Throwable failure) {
        return translate(failure, true);
    }

    /** For a failure on a connection that was had. */
    AthanorException onStatement(Throwable failure) {
        return translate(failure, false);
    }

    /** For a transaction that cannot be committed because a statement in it failed and nobody cared. */
    DatabaseException rolledBack() {
        String message = "The transaction was rolled back because a statement in it had failed";
        return new DatabaseException(Reason.ROLLED_BACK, message, ServerError.of(ROLLBACK, message), null);
    }

    /** Whether a failure comes from a driver or a pool, and not from whoever uses them. */
    static boolean isFromDriver(Throwable failure) {
        return failure instanceof SQLException
                || failure instanceof R2dbcException
                || failure instanceof IOException
                || failure instanceof PoolAcquireTimeoutException
                || failure instanceof PoolAcquirePendingLimitException
                || failure instanceof HikariPool.PoolInitializationException;
    }

    /** Whether the pool refused a connection of its own because it is closed; a new one may be had at once. */
    static boolean isDeadInPool(Throwable failure) {
        return failure instanceof R2dbcNonTransientResourceException && !(failure instanceof PostgresqlException);
    }

    private AthanorException translate(Throwable failure, boolean connecting) {
        if (failure instanceof AthanorException known) {
            return known;
        }
        Throwable root = root(failure);
        ServerError error = read(root);
        Reason reason = reason(error, root, connecting);
        return new DatabaseException(reason, message(reason, error, root), error, failure);
    }

    /** The first in the chain that carries a SQLSTATE, else the failure itself. */
    private static Throwable root(Throwable failure) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Throwable t = failure; t != null && seen.add(t); t = t.getCause()) {
            if (t instanceof SQLException e && e.getSQLState() != null && e instanceof PSQLException
                    || t instanceof PostgresqlException) {
                return t;
            }
        }
        return failure;
    }

    private static ServerError read(Throwable root) {
        if (root instanceof PSQLException e && e.getServerErrorMessage() != null) {
            ServerErrorMessage m = Objects.requireNonNull(e.getServerErrorMessage());
            return new ServerError(
                    e.getSQLState(),
                    Objects.requireNonNullElse(m.getMessage(), text(e)),
                    m.getDetail(),
                    m.getHint(),
                    m.getWhere(),
                    m.getPosition());
        }
        if (root instanceof SQLException e) {
            return ServerError.of(Objects.requireNonNullElse(e.getSQLState(), FAILURE), text(e));
        }
        if (root instanceof R2dbcException e) {
            return root instanceof PostgresqlException server
                    ? read(e, server.getErrorDetails())
                    : ServerError.of(Objects.requireNonNullElse(e.getSqlState(), FAILURE), text(e));
        }
        return ServerError.of(FAILURE, text(root));
    }

    private static ServerError read(R2dbcException e, ErrorDetails details) {
        // A COMMIT that the server answered by ROLLBACK comes without a real code.
        String state = NO_CODE.equals(details.getCode()) ? ROLLBACK : details.getCode();
        return new ServerError(
                state,
                details.getMessage(),
                details.getDetail().orElse(null),
                details.getHint().orElse(null),
                details.getWhere().orElse(null),
                details.getPosition().map(Integer::parseInt).orElse(0));
    }

    private static Reason reason(ServerError error, Throwable root, boolean connecting) {
        String state = error.sqlState();
        if (root instanceof R2dbcTimeoutException
                || root instanceof PoolAcquireTimeoutException
                || root instanceof PoolAcquirePendingLimitException
                || connecting && root instanceof SQLException && !(root instanceof PSQLException)) {
            return Reason.NO_FREE_CONNECTION;
        }
        if (connecting && find(root, SSLException.class) != null) {
            return Reason.TLS_FAILED;
        }
        return state == null ? Reason.STATEMENT_FAILED : byState(state, connecting);
    }

    private static Reason byState(String state, boolean connecting) {
        return switch (state) {
            case REJECTED, "28P01", "28000" -> Reason.WRONG_PASSWORD;
            case "3D000" -> Reason.UNKNOWN_DATABASE;
            case "42501" -> Reason.INSUFFICIENT_PRIVILEGE;
            case "53300" -> Reason.TOO_MANY_CONNECTIONS;
            case "53100" -> Reason.DISK_FULL;
            case "53200" -> Reason.OUT_OF_MEMORY;
            case "25006" -> Reason.READ_ONLY;
            case "55P03" -> Reason.LOCK_TIMEOUT;
            case "57014" -> Reason.STATEMENT_CANCELLED;
            case "40P01" -> Reason.DEADLOCK;
            case "40001" -> Reason.SERIALIZATION_FAILURE;
            case ROLLBACK, "25P02" -> Reason.ROLLED_BACK;
            default -> {
                if (SqlStateClass.of(state) != SqlStateClass.TRANSIENT) {
                    yield Reason.STATEMENT_FAILED;
                }
                yield connecting ? Reason.CONNECTION_REFUSED : Reason.CONNECTION_LOST;
            }
        };
    }

    private String message(Reason reason, ServerError error, Throwable root) {
        return switch (reason) {
            case CONNECTION_REFUSED -> "No connection to PostgreSQL at '" + url.address() + "': " + why(error, root);
            case CONNECTION_LOST -> "The connection to '" + url.address() + "' was lost: " + error.describe();
            case NO_FREE_CONNECTION -> "No connection to '" + url.address() + "' became free in time";
            case TOO_MANY_CONNECTIONS ->
                "The server at '" + url.address() + "' takes no more connections: " + error.message();
            case DISK_FULL -> "The disk of the server at '" + url.address() + "' is full: " + error.describe();
            case OUT_OF_MEMORY -> "The server at '" + url.address() + "' is out of memory: " + error.describe();
            case READ_ONLY -> "The server at '" + url.address() + "' takes no writes: " + error.describe();
            case WRONG_PASSWORD ->
                "The server at '" + url.address() + "' does not let user '" + url.user() + "' in: " + error.message();
            case UNKNOWN_DATABASE -> "The server at '" + url.address() + "' has no database '" + url.database() + "'";
            case TLS_FAILED -> "No encrypted connection to '" + url.address() + "': " + why(error, root);
            default -> error.describe();
        };
    }

    private static String why(ServerError error, Throwable root) {
        if (find(root, UnknownHostException.class) != null) {
            return "unknown host";
        }
        if (find(root, ConnectException.class) != null) {
            return "connection refused";
        }
        SSLException tls = find(root, SSLException.class);
        return tls == null ? error.message() : text(tls);
    }

    private static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Throwable t = failure; t != null && seen.add(t); t = t.getCause()) {
            if (type.isInstance(t)) {
                return type.cast(t);
            }
        }
        return null;
    }

    private static String text(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
