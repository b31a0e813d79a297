package dev.athanor.source;

import dev.athanor.revision.RevisionNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A revision that is to be written.
 *
 * @param node its place in the graph, as {@code RevisionGraph} drafts it
 * @param message what it is for; kept as one line, whatever it holds
 * @param created now; kept to the second
 * @param author who writes it; may be empty
 */
public record NewRevision(RevisionNode node, String message, Instant created, String author) {
    /** A revision whose message and author are one line each. */
    public NewRevision {
        message = oneLine(message);
        created = created.truncatedTo(ChronoUnit.SECONDS);
        author = oneLine(author);
    }

    /** Blanks, line ends of every kind and control characters become single blanks. */
    static String oneLine(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}\\s]+", " ").strip();
    }
}
