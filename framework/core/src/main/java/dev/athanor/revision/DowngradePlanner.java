package dev.athanor.revision;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Finds what a downgrade has to undo: all applied revisions that stand on the target, by line or by dependency. */
final class DowngradePlanner {
    /**
     * Where to go.
     *
     * @param branch the only branch to undo, when the target forks
     * @param place the revision that stays, or {@link Symbols#BASE}
     */
    private record Destination(@Nullable String branch, int place) {}

    private final RevisionGraph graph;
    private final Edges edges;
    private final Symbols symbols;
    private final Planner planner;

    DowngradePlanner(RevisionGraph graph, Edges edges, Symbols symbols, Planner planner) {
        this.graph = graph;
        this.edges = edges;
        this.symbols = symbols;
        this.planner = planner;
    }

    RevisionPlan plan(AppliedState state, String target) {
        if (target.contains(":")) {
            throw GraphErrors.rangeNotAllowed(target);
        }
        RelativeTarget relative = RelativeTarget.parse(target);
        Destination destination = relative == null ? absolute(target) : relative(state, target, relative);
        BitSet undone = edges.upFrom(roots(destination, target));
        Applied applied = planner.applied(state);
        undone.and(applied.revisions());
        if (undone.isEmpty()
                && destination.place() != Symbols.BASE
                && !applied.tips().contains(destination.place())) {
            throw GraphErrors.nothingToUndo(target, graph.ids(applied.tips()));
        }
        refuseOtherBranch(destination);
        BitSet after = (BitSet) applied.revisions().clone();
        after.andNot(undone);
        return graph.plan(RevisionStep.Action.DOWNGRADE, graph.order().downwards(undone), applied, after);
    }

    /** The children of the target; when there are several and a branch is named, those that lead to it. */
    private BitSet roots(Destination destination, String target) {
        BitSet roots = new BitSet();
        IntStream children = destination.place() == Symbols.BASE
                ? graph.basePlaces().stream().mapToInt(Integer::intValue)
                : Arrays.stream(edges.children(destination.place()));
        children.forEach(roots::set);
        if (destination.branch() != null && roots.cardinality() > 1) {
            List<Integer> forks = roots.stream().boxed().toList();
            roots.and(edges.lineDownFrom(Symbols.setOf(symbols.branch(destination.branch()))));
            if (roots.isEmpty()) {
                throw GraphErrors.forksAbove(target, destination.branch(), graph.ids(forks));
            }
        }
        return roots;
    }

    /** The revision after the {@code @} is looked up in the whole graph, as Alembic does. */
    private Destination absolute(String target) {
        int at = target.lastIndexOf('@');
        return new Destination(at <= 0 ? null : target.substring(0, at), symbols.one(target.substring(at + 1)));
    }

    /**
     * Refuses a branch that does not exist or that the target is not on. Alembic does so only where the target forks; but
     * what it undoes otherwise cannot be what was meant.
     */
    private void refuseOtherBranch(Destination destination) {
        if (destination.branch() == null) {
            return;
        }
        BitSet root = Symbols.setOf(symbols.branch(destination.branch()));
        int place = destination.place();
        if (place != Symbols.BASE && !symbols.lineageOf(root, false).get(place)) {
            throw GraphErrors.notInBranch(graph.id(place), destination.branch());
        }
    }

    private Destination relative(AppliedState state, String target, RelativeTarget relative) {
        Walk walk = Walk.exact(graph, edges, symbols, target);
        String branch = relative.branch();
        String symbol = relative.symbol();
        if (symbol == null) {
            if (relative.steps() >= 0) {
                throw GraphErrors.outOfRange(target, "the current revisions downwards");
            }
            List<Integer> starts = starts(planner.tips(state), branch);
            if (starts.isEmpty()) {
                throw GraphErrors.outOfRange(target, "base");
            }
            int place = walk.from(starts.get(0), relative.steps(), null);
            if (starts.size() > 1) {
                throw GraphErrors.ambiguousStart(target, graph.ids(starts));
            }
            return new Destination(branch == null ? graph.id(starts.get(0)) : branch, place);
        }
        if (relative.steps() >= 0) {
            return new Destination(branch, walk.from(symbols.one(symbol), relative.steps(), branch));
        }
        int start = symbols.one(branch == null ? symbol : branch + "@" + symbol);
        return new Destination(branch, walk.from(start, relative.steps(), null));
    }

    /**
     * The current revisions to start from: all, or those on the branch; when none of them is, what they depend on may be.
     */
    private List<Integer> starts(List<Integer> tips, @Nullable String branch) {
        if (branch == null) {
            return tips;
        }
        List<Integer> onBranch = symbols.inLineage(tips, branch, false);
        if (!onBranch.isEmpty()) {
            return onBranch;
        }
        BitSet lineTips = edges.lineTips(edges.downFrom(Planner.setOf(tips)));
        return symbols.inLineage(lineTips.stream().boxed().toList(), branch, false);
    }
}
