package dev.athanor.revision;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Describes revisions for listings. */
final class Listing {
    private final RevisionGraph graph;
    private final Edges edges;
    private final Labels labels;

    Listing(RevisionGraph graph, Edges edges, Labels labels) {
        this.graph = graph;
        this.edges = edges;
        this.labels = labels;
    }

    List<GraphEntry> of(Collection<Integer> places, Set<Integer> current) {
        return places.stream()
                .map(place -> entry(place, current.contains(place)))
                .toList();
    }

    private GraphEntry entry(int place, boolean current) {
        return new GraphEntry(
                graph.id(place),
                ids(edges.parents(place)),
                ids(edges.dependencies(place)),
                ids(edges.children(place)),
                labels.of(place),
                flags(place, current));
    }

    private Set<GraphEntry.Flag> flags(int place, boolean current) {
        Set<GraphEntry.Flag> flags = EnumSet.noneOf(GraphEntry.Flag.class);
        if (edges.above(place).length == 0) {
            flags.add(GraphEntry.Flag.HEAD);
        } else if (edges.children(place).length == 0) {
            flags.add(GraphEntry.Flag.EFFECTIVE_HEAD);
        }
        if (edges.children(place).length > 1) {
            flags.add(GraphEntry.Flag.BRANCHPOINT);
        }
        if (edges.parents(place).length > 1) {
            flags.add(GraphEntry.Flag.MERGEPOINT);
        }
        if (current) {
            flags.add(GraphEntry.Flag.CURRENT);
        }
        return flags;
    }

    private List<String> ids(int[] places) {
        return Arrays.stream(places).mapToObj(graph::id).toList();
    }
}
