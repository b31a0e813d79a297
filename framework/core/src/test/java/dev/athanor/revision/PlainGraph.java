package dev.athanor.revision;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the words about graphs mean, written down in the plainest way, to compare with. */
final class PlainGraph {
    private final Map<String, RevisionNode> byName = new HashMap<>();

    PlainGraph(List<RevisionNode> revisions) {
        revisions.forEach(revision -> {
            byName.put(revision.id(), revision);
            revision.labels().forEach(label -> byName.put(label, revision));
        });
    }

    List<String> below(String id) {
        List<String> below = new ArrayList<>();
        node(id).revises().forEach(name -> below.add(node(name).id()));
        node(id).dependsOn().forEach(name -> below.add(node(name).id()));
        return below;
    }

    private RevisionNode node(String name) {
        RevisionNode node = byName.get(name);
        if (node == null) {
            throw new IllegalStateException("no revision " + name);
        }
        return node;
    }

    /** The given revisions with everything that they revise or depend on, directly or not. */
    Set<String> withAllBelow(Collection<String> ids) {
        Set<String> found = new HashSet<>();
        List<String> open = new ArrayList<>(ids);
        while (!open.isEmpty()) {
            String id = open.remove(open.size() - 1);
            if (found.add(id)) {
                open.addAll(below(id));
            }
        }
        return found;
    }

    /** Everything that revises or depends on the given revisions, directly or not, and they themselves. */
    Set<String> withAllAbove(Collection<String> ids) {
        Set<String> found = new HashSet<>();
        byName.values().stream()
                .map(RevisionNode::id)
                .filter(id -> ids.stream().anyMatch(withAllBelow(List.of(id))::contains))
                .forEach(found::add);
        return found;
    }

    /** Ids of what revises a revision. */
    List<String> children(String id) {
        return byName.values().stream()
                .distinct()
                .filter(node -> node.revises().contains(id))
                .map(RevisionNode::id)
                .toList();
    }

    /** The definition of the rows: applied, and no other applied revision stands on it. */
    List<String> rows(Set<String> applied) {
        Set<String> implied = new HashSet<>();
        applied.forEach(id -> implied.addAll(withAllBelow(below(id))));
        return applied.stream().filter(id -> !implied.contains(id)).sorted().toList();
    }

    /** The rows after each step. */
    List<List<String>> trace(Set<String> before, List<RevisionStep> steps) {
        Set<String> applied = new HashSet<>(before);
        List<List<String>> trace = new ArrayList<>();
        for (RevisionStep step : steps) {
            if (step.action() == RevisionStep.Action.UPGRADE) {
                applied.add(step.id());
            } else {
                applied.remove(step.id());
            }
            trace.add(rows(applied));
        }
        return trace;
    }
}
