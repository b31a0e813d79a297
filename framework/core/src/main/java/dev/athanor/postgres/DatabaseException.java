package dev.athanor.postgres;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.sql.SqlStateClass;
import org.jspecify.annotations.Nullable;

/** A failure of the server, of the way to it, or of a statement. Whichever driver met it, it looks the same here. */
public final class DatabaseException extends AthanorException {
    private static final long serialVersionUID = 1L;

    private final ServerError error;
    private final SqlStateClass category;

    DatabaseException(Reason reason, String message, ServerError error, @Nullable Throwable cause) {
        super(reason.kind, reason.code, message, reason.hint(error), cause);
        this.error = error;
        this.category = reason.category(error);
    }

    /** Five characters, or null when neither server nor driver gave a state. */
    public @Nullable String sqlState() {
        return error.sqlState();
    }

    /** Whether and how another try makes sense. A lost or refused connection is always {@code TRANSIENT}. */
    public SqlStateClass category() {
        return category;
    }

    /** The server's own words. */
    public ServerError error() {
        return error;
    }

    /** The kinds of failure that a user is told apart, each with its own code and remedy. */
    enum Reason {
        CONNECTION_REFUSED(
                FailureKind.FAILED,
                "connection_refused",
                "Check host and port of --url (or ATHANOR_URL), and that the server is running."),
        CONNECTION_LOST(
                FailureKind.FAILED,
                "connection_lost",
                "Nothing half done is left; run athanor resume when the server is back."),
        NO_FREE_CONNECTION(
                FailureKind.FAILED,
                "no_free_connection",
                "Too much wants a connection at once; lower workers= of the backfill."),
        TOO_MANY_CONNECTIONS(
                FailureKind.FAILED,
                "too_many_connections",
                "Raise max_connections of the server, or lower workers= of the backfill; then run athanor resume."),
        DISK_FULL(
                FailureKind.FAILED,
                "disk_full",
                "Free some space on the server's disk; then run athanor resume. Nothing half done is left."),
        OUT_OF_MEMORY(
                FailureKind.FAILED,
                "out_of_memory",
                "Give the server more memory (more max_locks_per_transaction when it is shared memory), or lower chunk-size="
                        + " and workers= of the backfill; then run athanor resume."),
        READ_ONLY(
                FailureKind.FAILED,
                "read_only",
                "Let --url lead to the primary, or take default_transaction_read_only off; then run athanor resume."),
        WRONG_PASSWORD(
                FailureKind.USAGE,
                "wrong_password",
                "Check user and password: in --url, PGPASSWORD, or ~/.pgpass (which counts only when nobody but its owner"
                        + " may read it)."),
        UNKNOWN_DATABASE(
                FailureKind.USAGE, "unknown_database", "Check the database's name in --url, or create the database."),
        TLS_FAILED(FailureKind.USAGE, "tls_failed", "Check sslmode and sslrootcert in --url."),
        INSUFFICIENT_PRIVILEGE(
                FailureKind.FAILED,
                "insufficient_privilege",
                "Let the object's owner GRANT the right, or run as a role that has it."),
        LOCK_TIMEOUT(
                FailureKind.FAILED, "lock_timeout", "Run athanor resume when whoever holds the lock has finished."),
        STATEMENT_CANCELLED(
                FailureKind.FAILED,
                "statement_cancelled",
                "The statement ran longer than statement-timeout allows, or was cancelled; run athanor resume."),
        DEADLOCK(FailureKind.FAILED, "deadlock", "Run athanor resume."),
        SERIALIZATION_FAILURE(FailureKind.FAILED, "serialization_failure", "Run athanor resume."),
        ROLLED_BACK(FailureKind.FAILED, "rolled_back", "Nothing was changed; run athanor resume."),
        STATEMENT_FAILED(FailureKind.FAILED, "database_error", "");

        private final FailureKind kind;
        private final String code;
        private final String hint;

        Reason(FailureKind kind, String code, String hint) {
            this.kind = kind;
            this.code = code;
            this.hint = hint;
        }

        private String hint(ServerError error) {
            return hint.isEmpty() && error.hint() != null ? error.hint() : hint;
        }

        private SqlStateClass category(ServerError error) {
            return switch (this) {
                case CONNECTION_REFUSED, CONNECTION_LOST, NO_FREE_CONNECTION, TOO_MANY_CONNECTIONS ->
                    SqlStateClass.TRANSIENT;
                case WRONG_PASSWORD, UNKNOWN_DATABASE, TLS_FAILED -> SqlStateClass.OTHER;
                default -> SqlStateClass.of(error.sqlState());
            };
        }
    }
}
