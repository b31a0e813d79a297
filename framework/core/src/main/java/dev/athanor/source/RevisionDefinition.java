package dev.athanor.source;

import dev.athanor.revision.RevisionNode;
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
 * @param sections in file order
 * @param checksum {@code v1:} and a SHA-256 over the normalised tokens
 * @param origin where it stands
 */
public record RevisionDefinition(
        RevisionNode node,
        String message,
        @Nullable Instant created,
        boolean afterContract,
        List<Section> sections,
        String checksum,
        Origin origin) {
    public RevisionDefinition {
        sections = List.copyOf(sections);
    }

    /** Its id. */
    public String id() {
        return node.id();
    }
}
