package dev.athanor.revision;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which branches a revision is on. A label reaches everything that revises its revision, directly or not, and down the
 * line to where that leaves another branch: the nearest fork or merge below, which is not part of it.
 */
final class Labels {
    private final List<SortedSet<String>> byPlace = new ArrayList<>();

    Labels(List<RevisionNode> nodes, Edges edges) {
        nodes.forEach(node -> byPlace.add(new TreeSet<>()));
        for (int place = 0; place < nodes.size(); place++) {
            List<String> labels = nodes.get(place).labels();
            if (!labels.isEmpty()) {
                branch(place, edges).stream()
                        .forEach(member -> byPlace.get(member).addAll(labels));
            }
        }
    }

    private static BitSet branch(int root, Edges edges) {
        BitSet branch = edges.lineUpFrom(Symbols.setOf(root));
        int member = root;
        while (edges.parents(member).length == 1 && isPlain(edges.parents(member)[0], edges)) {
            member = edges.parents(member)[0];
            branch.set(member);
        }
        return branch;
    }

    private static boolean isPlain(int place, Edges edges) {
        return edges.above(place).length == 1 && edges.parents(place).length < 2;
    }

    SortedSet<String> of(int place) {
        return byPlace.get(place);
    }
}
