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

    /**
     * Alembic looks up the target without regard to the branch, and so do we; but a branch that the target is not on would
     * undo something else than what was meant, and is refused.
     */
    private Destination absolute(String target) {
        int at = target.lastIndexOf('@');
        int place = symbols.one(target.substring(at + 1));
        if (at <= 0) {
            return new Destination(null, place);
        }
        String branch = target.substring(0, at);
        int root = symbols.branch(branch);
        if (place != Symbols.BASE
                && !symbols.lineageOf(Symbols.setOf(root), false).get(place)) {
            throw GraphErrors.notInBranch(graph.id(place), branch);
        }
        return new Destination(branch, place);
    }

    private Destination relative(AppliedState state, String target, RelativeTarget relative) {
        Walk walk = new Walk(graph, edges, symbols, target);
        String branch = relative.branch();
        String symbol = relative.symbol();
        if (symbol == null) {
            if (relative.steps() >= 0) {
                throw GraphErrors.outOfRange(target, "the current revisions downwards");
            }
            int start = start(state, target, branch);
            String line = branch == null ? graph.id(start) : branch;
            return new Destination(line, walk.from(start, relative.steps(), null));
        }
        if (relative.steps() >= 0) {
            return new Destination(branch, walk.from(symbols.one(symbol), relative.steps(), branch));
        }
        int start = symbols.one(branch == null ? symbol : branch + "@" + symbol);
        return new Destination(branch, walk.from(start, relative.steps(), null));
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
        return onlyStart(onBranch.isEmpty() ? implied(tips, branch) : onBranch, target);
    }

    /** What the current revisions depend on may be on the branch when none of them is. */
    private List<Integer> implied(List<Integer> tips, String branch) {
        BitSet lineTips = edges.lineTips(edges.downFrom(Planner.setOf(tips)));
        return symbols.inLineage(lineTips.stream().boxed().toList(), branch, false);
    }

    private int onlyStart(List<Integer> starts, String target) {
        if (starts.isEmpty()) {
            throw GraphErrors.outOfRange(target, "base");
        }
        if (starts.size() > 1) {
            throw GraphErrors.ambiguousStart(target, graph.ids(starts));
        }
        return starts.get(0);
    }
}
