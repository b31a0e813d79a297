package dev.athanor.source;

import org.jspecify.annotations.Nullable;

/**
 * Where something stands, for messages.
 *
 * @param file path as the user gave it; of a Java revision the name of its class
 * @param section of a Java revision its section, such as {@code backfill-1}; null in files
 * @param line in a file counted from 1; of a Java revision the line in the section's SQL, 0 for the section as a whole
 * @param maker the operation that has made what stands there, so that all of it belongs to the one line; null: it is
 *     written there
 */
public record Origin(
        String file,
        @Nullable String section,
        int line,
        @Nullable Maker maker) {
    /**
     * An operation of the revision.
     *
     * @param number from 1, in the order of the revision
     * @param changes whether what it has made changes anything when it runs; what only asks and refuses does not
     */
    public record Maker(int number, boolean changes) {}

    /** Something that is written there. */
    public Origin(String file, @Nullable String section, int line) {
        this(file, section, line, null);
    }

    /** A line of a file. */
    public Origin(String file, int line) {
        this(file, null, line);
    }

    /** So many lines further on; of what is generated the same. */
    public Origin plus(int lines) {
        return generated() ? this : new Origin(file, section, line + lines);
    }

    /** Whether an operation has made it. */
    public boolean generated() {
        return maker != null;
    }

    /** Whether it is in a Java revision. */
    public boolean isClass() {
        return section != null || line == 0;
    }

    @Override
    public String toString() {
        return file + (section == null ? "" : ": " + section) + (line == 0 ? "" : ":" + line);
    }
}
