package dev.athanor.backfill;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.migration.PassingFaultException;
import dev.athanor.postgres.DatabaseException;
import dev.athanor.sql.SqlStateClass;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A row that could not be transformed, or not be written in time. Its codes look like SQLSTATEs that no server has. */
public final class RowFaultException extends AthanorException {
    /** The transform of the row has failed, or has given what cannot be written. */
    public static final String MISFIT = "AT001";
    /** The transform has failed and says that it may go well later, or has not answered. */
    public static final String PASSING = "AT002";
    /** The row was changed by others each time before it could be written. */
    public static final String CHANGING = "AT003";

    private static final long serialVersionUID = 1L;

    private final SqlStateClass category;
    private final String sqlState;
    private final transient @Nullable List<String> row;

    private RowFaultException(
            SqlStateClass category,
            String sqlState,
            @Nullable List<String> row,
            String message,
            @Nullable Throwable cause) {
        super(
                FailureKind.FAILED,
                "row_fault",
                message,
                "Mend the transform or what it calls, then: athanor resume",
                cause);
        this.category = category;
        this.sqlState = sqlState;
        this.row = row;
    }

    /** The transform of this row failed. */
    static RowFaultException failed(List<String> row, Throwable cause) {
        boolean passing = cause instanceof PassingFaultException;
        return new RowFaultException(
                passing ? SqlStateClass.TRANSIENT : SqlStateClass.DATA,
                passing ? PASSING : MISFIT,
                row,
                "The transform of row (" + String.join(", ", row) + ") failed: " + cause,
                cause);
    }

    /** The server does not take what is to be written of this row. */
    static RowFaultException unfit(List<String> row, DatabaseException cause) {
        return new RowFaultException(
                SqlStateClass.DATA,
                Objects.requireNonNullElse(cause.sqlState(), MISFIT),
                row,
                "The new values of row (" + String.join(", ", row) + ") do not fit: " + cause.getMessage(),
                cause);
    }

    /** The statement does not go with this row; the server's own words. */
    static RowFaultException misfit(List<String> row, DatabaseException cause) {
        return new RowFaultException(
                SqlStateClass.DATA,
                Objects.requireNonNullElse(cause.sqlState(), MISFIT),
                row,
                String.valueOf(cause.getMessage()),
                cause);
    }

    /** The transform of this row gave no answer. */
    static RowFaultException silent(List<String> row, Duration waited) {
        return new RowFaultException(
                SqlStateClass.TRANSIENT,
                PASSING,
                row,
                "The transform of row (" + String.join(", ", row) + ") gave no answer within " + waited.toSeconds()
                        + " s",
                null);
    }

    /**
     * Rows were changed by others each time.
     *
     * @param rows of the chunk: with more than one, fewer may go well
     */
    static RowFaultException changing(int rows) {
        return new RowFaultException(
                rows > 1 ? SqlStateClass.STATEMENT_TIMEOUT : SqlStateClass.TRANSIENT,
                CHANGING,
                null,
                "Rows of the chunk were changed by others each time before they could be written, or a trigger keeps them"
                        + " as they are",
                null);
    }

    /** What is to be done about it. */
    public SqlStateClass category() {
        return category;
    }

    /** {@link #MISFIT}, {@link #PASSING}, {@link #CHANGING}, or what the server says of the new values. */
    public String sqlState() {
        return sqlState;
    }

    /** Key of the row; null when it is not known. */
    @Nullable
    List<String> row() {
        return row;
    }
}
