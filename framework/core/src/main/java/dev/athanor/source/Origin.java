package dev.athanor.source;

import org.jspecify.annotations.Nullable;

/**
 * Where something stands, for messages.
 *
 * @param file path as the user gave it; of a Java revision the name of its class
 * @param section of a Java revision its section, such as {@code backfill-1}; null in files
 * @param line in a file counted from 1; of a Java revision the line in the section's SQL, 0 for the section as a whole
 */
public record Origin(String file, @Nullable String section, int line) {
    /** A line of a file. */
    public Origin(String file, int line) {
        this(file, null, line);
    }

    /** So many lines further on. */
    public Origin plus(int lines) {
        return new Origin(file, section, line + lines);
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
