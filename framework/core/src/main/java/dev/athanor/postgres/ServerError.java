package dev.athanor.postgres;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What the server (or the driver in its place) said about a failure.
 *
 * @param sqlState five characters, or null when neither gave one
 * @param message the primary message
 * @param detail the server's DETAIL, or null
 * @param hint the server's HINT, or null
 * @param where the server's CONTEXT, or null
 * @param position character in the statement, counted from 1; 0 when unknown
 */
public record ServerError(
        @Nullable String sqlState,
        String message,
        @Nullable String detail,
        @Nullable String hint,
        @Nullable String where,
        int position)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    static ServerError of(@Nullable String sqlState, String message) {
        return new ServerError(sqlState, message, null, null, null, 0);
    }

    /** Message, SQLSTATE, position, detail, context and hint in one paragraph. */
    public String describe() {
        StringBuilder text = new StringBuilder(message);
        if (sqlState != null) {
            text.append(" (SQLSTATE ").append(sqlState);
            text.append(position > 0 ? ", at character " + position + ")" : ")");
        }
        append(text, "Detail", detail);
        append(text, "Context", where);
        append(text, "Hint", hint);
        return text.toString();
    }

    private static void append(StringBuilder text, String label, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            text.append(". ").append(label).append(": ").append(value);
        }
    }
}
