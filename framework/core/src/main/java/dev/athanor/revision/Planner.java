package dev.athanor.revision;

import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What every plan needs: the state of the database as places in the graph, and the rows that describe a state. */
final class Planner {
    private final RevisionGraph graph;
    private final Names names;
    private final Edges edges;
    private final Symbols symbols;

    Planner(RevisionGraph graph, Names names, Edges edges, Symbols symbols) {
        this.graph = graph;
        this.names = names;
        this.edges = edges;
        this.symbols = symbols;
    }

    /**
     * The state on this graph.
     *
     * @throws GraphException {@code unknown_revision} for one that is in no file
     */
    Applied applied(AppliedState state) {
        if (!state.tips()) {
            BitSet all = new BitSet();
            state.names().forEach(id -> all.set(exactly(id)));
            return new Applied(rows(all), all);
        }
        List<Integer> tips = tips(state);
        return new Applied(tips, edges.downFrom(setOf(tips)));
    }

    /** The revisions that the rows name; for a set of applied revisions the rows that describe it. */
    List<Integer> tips(AppliedState state) {
        if (!state.tips()) {
            return applied(state).tips();
        }
        Set<Integer> tips = new LinkedHashSet<>();
        for (String row : state.names()) {
            tips.addAll(tips(row));
        }
        return List.copyOf(tips);
    }

    /** As {@link #tips}, without those that no file has: a listing shows what there is. */
    Set<Integer> knownTips(AppliedState state) {
        List<String> known =
                state.names().stream().filter(id -> names.byId(id) != null).toList();
        return Set.copyOf(tips(state.tips() ? AppliedState.fromTips(known) : AppliedState.of(Set.copyOf(known))));
    }

    private List<Integer> tips(String row) {
        try {
            return symbols.all(row);
        } catch (GraphException e) {
            throw e.code().equals(GraphCode.UNKNOWN_REVISION.key()) ? unknown(row) : e;
        }
    }

    private int exactly(String id) {
        Integer place = names.byId(id);
        if (place == null) {
            throw unknown(id);
        }
        return place;
    }

    private GraphException unknown(String id) {
        return GraphErrors.unknownApplied(id, names.ids());
    }

    /** Refuses revisions of which one stands on another. */
    void refuseOverlap(List<Integer> revisions) {
        BitSet named = setOf(revisions);
        BitSet implied = edges.strictlyBelow(named);
        implied.and(named);
        if (!implied.isEmpty()) {
            throw GraphErrors.overlaps(
                    graph.ids(revisions), graph.ids(implied.stream().boxed().toList()));
        }
    }

    /** The applied revisions that no other applied revision revises or depends on, directly or not. */
    List<Integer> rows(BitSet applied) {
        BitSet rows = (BitSet) applied.clone();
        rows.andNot(edges.strictlyBelow(applied));
        return rows.stream().boxed().toList();
    }

    static BitSet setOf(List<Integer> revisions) {
        BitSet set = new BitSet();
        revisions.forEach(set::set);
        return set;
    }
}
