package dev.athanor.source;

import dev.athanor.revision.RevisionNode;
import dev.athanor.sql.Checksum;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole revision as its source declares it.
 *
 * @param node its place in the graph
 * @param message one line that says what it is for; may be empty
 * @param created when it was written, if the source says so
 * @param afterContract its expand needs its ancestors' contract ({@code after contract})
 * @param irreversible why it cannot be undone once its contract has begun; null when it can
 * @param sections in file order
 * @param content sum over what it does to the database
 * @param origin where it stands
 */
public record RevisionDefinition(
        RevisionNode node,
        String message,
        @Nullable Instant created,
        boolean afterContract,
        @Nullable String irreversible,
        List<Section> sections,
        Checksum content,
        Origin origin) {
    public RevisionDefinition {
        sections = List.copyOf(sections);
    }

    /** {@code v1:} and a SHA-256 over the normalised tokens. */
    public String checksum() {
        return content.value();
    }

    /** Its id. */
    public String id() {
        return node.id();
    }
}
