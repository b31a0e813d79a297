package dev.athanor.revision;

import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the target of an upgrade, which may be so many steps up from where the database stands. */
final class UpwardTargets {
    private final RevisionGraph graph;
    private final Edges edges;
    private final Symbols symbols;
    private final Planner planner;

    UpwardTargets(RevisionGraph graph, Edges edges, Symbols symbols, Planner planner) {
        this.graph = graph;
        this.edges = edges;
        this.symbols = symbols;
        this.planner = planner;
    }

    /** The revisions to reach; none for {@code base}. Steps further than there are revisions are refused. */
    List<Integer> exact(AppliedState state, String target) {
        return targets(state, target, Walk.exact(graph, edges, symbols, target));
    }

    /** As {@link #exact}; steps further than there are revisions end at the last one. */
    List<Integer> stopping(AppliedState state, String target) {
        return targets(state, target, Walk.stopping(graph, edges, symbols, target));
    }

    private List<Integer> targets(AppliedState state, String target, Walk walk) {
        RelativeTarget relative = RelativeTarget.parse(target);
        if (relative == null) {
            return symbols.all(target);
        }
        int found = relative.symbol() == null
                ? fromCurrent(state, target, relative, walk)
                : fromSymbol(relative, relative.symbol(), walk);
        if (found == Symbols.BASE && relative.steps() != 0) {
            throw GraphErrors.outOfRange(target, "there");
        }
        return found == Symbols.BASE ? List.of() : List.of(found);
    }

    private int fromSymbol(RelativeTarget relative, String symbol, Walk walk) {
        String branch = relative.branch();
        int start = branch == null || relative.steps() > 0 ? symbols.one(symbol) : symbols.one(branch + "@" + symbol);
        return walk.from(start, relative.steps(), branch);
    }

    private int fromCurrent(AppliedState state, String target, RelativeTarget relative, Walk walk) {
        if (relative.steps() <= 0) {
            throw GraphErrors.outOfRange(target, "the current revisions upwards");
        }
        int start = start(state, target, relative.branch());
        return walk.from(start, relative.steps(), relative.branch());
    }

    /** The current revision to start from: the only one, or the only one on the branch. */
    private int start(AppliedState state, String target, @Nullable String branch) {
        if (branch == null) {
            if (state.tips() && state.names().size() > 1) {
                throw GraphErrors.ambiguousStart(target, state.names());
            }
            return onlyStart(planner.tips(state), target);
        }
        List<Integer> tips = planner.tips(state);
        List<Integer> onBranch = symbols.inLineage(tips, branch, false);
        return onlyStart(onBranch.isEmpty() ? lastOnBranch(tips, branch) : onBranch, target);
    }

    private int onlyStart(List<Integer> starts, String target) {
        if (starts.size() > 1) {
            throw GraphErrors.ambiguousStart(target, graph.ids(starts));
        }
        return starts.isEmpty() ? Symbols.BASE : starts.get(0);
    }

    /**
     * Where the branch has come to when none of the current revisions is on it: what they depend on may be. Only a direct
     * parent or dependency is passed over, as Alembic does.
     */
    private List<Integer> lastOnBranch(List<Integer> tips, String branch) {
        List<Integer> below =
                edges.downFrom(Planner.setOf(tips)).stream().boxed().toList();
        Set<Integer> last = new LinkedHashSet<>(symbols.inLineage(below, branch, false));
        for (int revision : List.copyOf(last)) {
            Arrays.stream(edges.parents(revision)).forEach(last::remove);
            ownDependencies(revision).stream().forEach(last::remove);
        }
        return List.copyOf(last);
    }

    /** The dependencies that no revision on the line below declares already. */
    private BitSet ownDependencies(int revision) {
        BitSet own = new BitSet();
        Arrays.stream(edges.dependencies(revision)).forEach(own::set);
        if (!own.isEmpty()) {
            BitSet line = edges.lineDownFrom(Symbols.setOf(revision));
            line.clear(revision);
            line.stream()
                    .forEach(lower -> Arrays.stream(edges.dependencies(lower)).forEach(own::clear));
        }
        return own;
    }
}
