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
    private final boolean stopsAtEnds;

    private Walk(RevisionGraph graph, Edges edges, Symbols symbols, String target, boolean stopsAtEnds) {
        this.graph = graph;
        this.edges = edges;
        this.symbols = symbols;
        this.target = target;
        this.stopsAtEnds = stopsAtEnds;
    }

    /**
     * Refuses to go further than there are revisions.
     *
     * @param target as the user wrote it, for messages
     */
    static Walk exact(RevisionGraph graph, Edges edges, Symbols symbols, String target) {
        return new Walk(graph, edges, symbols, target, false);
    }

    /** Stops at the last revision, or at {@link Symbols#BASE}, when more steps are asked for. */
    static Walk stopping(RevisionGraph graph, Edges edges, Symbols symbols, String target) {
        return new Walk(graph, edges, symbols, target, true);
    }

    /**
     * So many steps from a revision, or from {@link Symbols#BASE}.
     *
     * @param branch upwards, only revisions that share a line with it count
     */
    int from(int start, int steps, @Nullable String branch) {
        int position = start;
        for (int left = Math.abs(steps); left > 0; left--) {
            List<Integer> ways = steps > 0 ? above(position, branch) : below(position);
            if (ways.isEmpty() && stopsAtEnds) {
                return position;
            }
            if (ways.isEmpty()) {
                throw GraphErrors.outOfRange(target, name(start));
            }
            if (ways.size() > 1) {
                throw GraphErrors.ambiguousWalk(target, name(position), graph.ids(ways));
            }
            position = ways.get(0);
        }
        return position;
    }

    private List<Integer> above(int position, @Nullable String branch) {
        List<Integer> ways = position == Symbols.BASE
                ? graph.basePlaces()
                : Arrays.stream(edges.children(position)).boxed().toList();
        return branch == null ? ways : symbols.inLineage(ways, branch, false);
    }

    private List<Integer> below(int position) {
        if (position == Symbols.BASE) {
            return List.of();
        }
        int[] parents = edges.parents(position);
        return parents.length == 0
                ? List.of(Symbols.BASE)
                : IntStream.of(parents).boxed().toList();
    }

    private String name(int position) {
        return position == Symbols.BASE ? "base" : quote(graph.id(position));
    }
}
