package dev.athanor.source;

import org.jspecify.annotations.Nullable;

/**
 * Where something stands, for messages.
 *
 * @param file path as the user gave it; of a Java revision the name of its class
 * @param section of a Java revision its section, such as {@code backfill-1}; null in files
 * @param line in a file counted from 1; of a Java revision the line in the section's SQL, 0 for the section as a whole
 * @param generated whether an operation has made what stands there, so that all of it belongs to the one line
 */
public record Origin(String file, @Nullable String section, int line, boolean generated) {
    /** Something that is written there. */
    public Origin(String file, @Nullable String section, int line) {
        this(file, section, line, false);
    }

    /** A line of a file. */
    public Origin(String file, int line) {
        this(file, null, line);
    }

    /** So many lines further on; of what is generated the same. */
    public Origin plus(int lines) {
        return generated ? this : new Origin(file, section, line + lines);
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
