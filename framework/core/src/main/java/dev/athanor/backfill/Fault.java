package dev.athanor.backfill;

import dev.athanor.postgres.DatabaseException;
import dev.athanor.sql.SqlStateClass;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A failure of a chunk that the engine knows what to do about.
 *
 * @param sqlState the server's code or one of our own; empty when there is none
 * @param row key of the row whose fault it is; null when that is not known
 */
record Fault(
        Throwable error,
        SqlStateClass category,
        String sqlState,
        @Nullable List<String> row) {

    /** The fault that an error is; null for an error of another kind. */
    static @Nullable Fault of(Throwable error) {
        if (error instanceof DatabaseException database) {
            return new Fault(error, database.category(), Objects.requireNonNullElse(database.sqlState(), ""), null);
        }
        return error instanceof RowFaultException row
                ? new Fault(error, row.category(), row.sqlState(), row.row())
                : null;
    }

    /** Whether the same may go well when it is simply done again. */
    static boolean isPassing(Throwable error) {
        Fault fault = of(error);
        return fault != null && fault.category().retryable();
    }

    String message() {
        return String.valueOf(error.getMessage());
    }
}
