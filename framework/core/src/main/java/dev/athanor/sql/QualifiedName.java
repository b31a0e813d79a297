package dev.athanor.sql;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The name of a table, index or other object, in its true spelling (unquoted, case as PostgreSQL stores it).
 *
 * @param schema schema, or null for whatever the search path finds
 * @param name the object's own name
 */
public record QualifiedName(@Nullable String schema, String name) {

    /**
     * Reads {@code name} or {@code schema.name} as SQL does: parts in double quotes keep their case and may hold
     * anything, others are folded to lower case.
     *
     * @throws AthanorException kind USAGE, code {@code invalid_name}, when the text is no such name
     */
    public static QualifiedName parse(String text) {
        List<String> parts = new ArrayList<>();
        int position = 0;
        do {
            int end = Identifiers.end(text, position);
            if (end < 0) {
                throw invalid(text);
            }
            parts.add(Identifiers.fold(text.substring(position, end)));
            position = end + 1;
        } while (position <= text.length() && text.charAt(position - 1) == '.');
        if (position <= text.length() || parts.size() > 2) {
            throw invalid(text);
        }
        return parts.size() == 1
                ? new QualifiedName(null, parts.get(0))
                : new QualifiedName(parts.get(0), parts.get(1));
    }

    private static AthanorException invalid(String text) {
        return new AthanorException(
                FailureKind.USAGE,
                "invalid_name",
                "'" + text + "' is no name of a table",
                "Write it as in SQL: tickets, support.tickets or support.\"Tickets\".");
    }

    /** The name as it may stand in SQL: each part in double quotes, quotes inside doubled. */
    public String quoted() {
        return schema == null ? quote(name) : quote(schema) + "." + quote(name);
    }

    /** One identifier in double quotes, quotes inside doubled. */
    public static String quote(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    /** For messages: as {@link #quoted()}. */
    @Override
    public String toString() {
        return quoted();
    }
}
