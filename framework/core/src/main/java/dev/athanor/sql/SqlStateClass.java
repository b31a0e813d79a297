package dev.athanor.sql;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a SQLSTATE means for whoever ran the statement. The one place that tells codes apart; text never decides. */
public enum SqlStateClass {
    /**
     * Passes by itself or by somebody's help, without any change to the work: serialisation failure, deadlock, lost
     * connection, server shutting down or starting, too many connections, disk full, out of memory, a server that takes
     * no writes because the failover to it is not complete. The work is done again in a fresh transaction after a pause.
     */
    TRANSIENT,
    /** A lock was not granted in time ({@code 55P03}). Done again in a fresh transaction after a pause. */
    LOCK_TIMEOUT,
    /** The statement ran too long or was cancelled ({@code 57014}). Worth another try only when it has less to do. */
    STATEMENT_TIMEOUT,
    /**
     * The data does not fit: class 22 (data exception), 23 (integrity constraint) or {@code 54000} (a value that is too
     * large for an index or a tsvector). Another try gives the same.
     */
    DATA,
    /** Anything else, an unknown state included. */
    OTHER;

    /**
     * Single codes of PostgreSQL's appendix A. 40003 is a commit whose outcome is unknown; 57P05, 25P03 and 25P04 are
     * sessions that the server ended for being idle or open too long. 53100 (disk full) and 53200 (out of memory) are
     * over when archived WAL is gone or another session has ended; 25006 (read-only) when a standby is promoted or an
     * operator takes his brake off. They get the same patience as the others, and end resumable. 57P04 (database
     * dropped) and 53400 (a configured limit, such as temp_file_limit: the same work meets it again) do not pass.
     */
    private static final Set<String> PASSING = Set.of(
            "25006", "25P03", "25P04", "40001", "40003", "40P01", "53100", "53200", "53300", "57P01", "57P02", "57P03",
            "57P05");

    /**
     * The class of a five-character SQLSTATE.
     *
     * @param sqlState as the server or the driver gave it; null (no state) is {@link #OTHER}
     */
    public static SqlStateClass of(@Nullable String sqlState) {
        if (sqlState == null) {
            return OTHER;
        }
        if (sqlState.startsWith("08") || PASSING.contains(sqlState)) {
            return TRANSIENT;
        }
        if (sqlState.startsWith("22") || sqlState.startsWith("23") || sqlState.equals("54000")) {
            return DATA;
        }
        return switch (sqlState) {
            case "55P03" -> LOCK_TIMEOUT;
            case "57014" -> STATEMENT_TIMEOUT;
            default -> OTHER;
        };
    }

    /** Whether a relation was to be made under a name that another one has: then nothing was made. */
    public static boolean isTakenName(@Nullable String sqlState) {
        return "42P07".equals(sqlState);
    }

    /** Whether the same work may succeed when it is simply done again in a fresh transaction. */
    public boolean retryable() {
        return this == TRANSIENT || this == LOCK_TIMEOUT;
    }
}
