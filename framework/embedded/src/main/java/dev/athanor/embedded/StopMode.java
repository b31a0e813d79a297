package dev.athanor.embedded;

import java.util.Locale;

/** How a server goes down; the names are PostgreSQL's. */
public enum StopMode {
    /** Ends the sessions, rolls back what they had open, writes a checkpoint. */
    FAST,
    /** Aborts at once, as a crash would; the next start recovers from the write-ahead log. */
    IMMEDIATE;

    String option() {
        return name().toLowerCase(Locale.ROOT);
    }
}
