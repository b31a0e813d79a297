package dev.athanor.revision;

import java.util.List;

/**
 * One thing that is wrong with a graph.
 *
 * @param code stable name, such as {@code unresolved_reference}
 * @param message the cause and the revisions, in one sentence
 * @param hint what to change
 * @param revisions ids of the revisions involved
 */
public record GraphFault(String code, String message, String hint, List<String> revisions) {
    public GraphFault {
        revisions = List.copyOf(revisions);
    }
}
