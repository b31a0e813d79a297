package dev.athanor.revision;

import static dev.athanor.revision.Suggestions.quote;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Goes step by step along parents, as relative targets ask, and refuses to choose between two ways. */
final class Walk {
    private final RevisionGraph graph;
    private final Edges edges;
    private final Symbols symbols;
    private final String target;

    /** @param target as the user wrote it, for messages */
    Walk(RevisionGraph graph, Edges edges, Symbols symbols, String target) {
        this.graph = graph;
        this.edges = edges;
        this.symbols = symbols;
        this.target = target;
    }

    /**
     * So many steps from a revision, or from {@link Symbols#BASE}.
     *
     * @param branch upwards, only revisions that share a line with it count
     */
    int from(int start, int steps, @Nullable String branch) {
        int position = start;
        for (int left = Math.abs(steps); left > 0; left--) {
            position = steps > 0 ? up(start, position, branch) : down(start, position);
        }
        return position;
    }

    private int up(int start, int position, @Nullable String branch) {
        List<Integer> ways = position == Symbols.BASE
                ? graph.basePlaces()
                : Arrays.stream(edges.children(position)).boxed().toList();
        if (branch != null) {
            ways = symbols.inLineage(ways, branch, false);
        }
        if (ways.isEmpty()) {
            throw GraphErrors.outOfRange(target, name(start));
        }
        return only(ways, position);
    }

    private int down(int start, int position) {
        if (position == Symbols.BASE) {
            throw GraphErrors.outOfRange(target, name(start));
        }
        int[] parents = edges.parents(position);
        return parents.length == 0
                ? Symbols.BASE
                : only(IntStream.of(parents).boxed().toList(), position);
    }

    private int only(List<Integer> ways, int position) {
        if (ways.size() > 1) {
            throw GraphErrors.ambiguousWalk(target, name(position), graph.ids(ways));
        }
        return ways.get(0);
    }

    private String name(int position) {
        return position == Symbols.BASE ? "base" : quote(graph.id(position));
    }
}
