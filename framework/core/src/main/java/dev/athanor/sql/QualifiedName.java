package dev.athanor.sql;

import org.jspecify.annotations.Nullable;

/**
 * The name of a table, index or other object, in its true spelling (unquoted, case as PostgreSQL stores it).
 *
 * @param schema schema, or null for whatever the search path finds
 * @param name the object's own name
 */
public record QualifiedName(@Nullable String schema, String name) {

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
