package dev.athanor.testkit;

import dev.athanor.revision.AppliedState;
import dev.athanor.revision.GraphException;
import dev.athanor.revision.RevisionGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How a downgrade is asked to undo one revision and no other, whatever branches there are beside it. */
final class UndoTarget {
    private UndoTarget() {}

    /**
     * The target; empty when the graph has no name for it.
     *
     * @param applied everything that is applied; nothing of it stands on the revision
     */
    static Optional<String> of(RevisionGraph graph, Set<String> applied, String revision) {
        List<String> candidates = new ArrayList<>();
        candidates.add(revision + "-1");
        graph.parents(revision).forEach(parent -> {
            candidates.add(revision + "@" + parent);
            candidates.add(parent);
        });
        candidates.add(revision + "@base");
        candidates.add("base");
        return candidates.stream()
                .filter(target -> undone(graph, applied, target).equals(List.of(revision)))
                .findFirst();
    }

    private static List<String> undone(RevisionGraph graph, Set<String> applied, String target) {
        try {
            return graph.downgrade(AppliedState.of(applied), target).ids();
        } catch (GraphException e) {
            return List.of();
        }
    }
}
