package dev.athanor.revision;

import java.util.BitSet;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** Finds the revisions between two ends of a line, both included. */
final class HistoryRange {
    /**
     * One end of a range.
     *
     * @param word as the user wrote it, or the rows of the version table for {@code current}
     */
    private record End(List<String> word, boolean isRows) {
        AppliedState state() {
            return AppliedState.fromTips(word);
        }

        @Override
        public String toString() {
            return isRows ? "current" : word.get(0);
        }
    }

    private final RevisionGraph graph;
    private final Edges edges;
    private final Symbols symbols;
    private final Planner planner;
    private final UpwardTargets upwardTargets;

    HistoryRange(RevisionGraph graph, Edges edges, Symbols symbols, Planner planner, UpwardTargets upwardTargets) {
        this.graph = graph;
        this.edges = edges;
        this.symbols = symbols;
        this.planner = planner;
        this.upwardTargets = upwardTargets;
    }

    /** The revisions of {@code from:to}; an end that is left out is {@code base} or {@code heads}. */
    BitSet of(AppliedState state, String range) {
        String[] ends = range.strip().split(":", -1);
        if (ends.length != 2) {
            throw GraphErrors.badRange(range);
        }
        return between(end(state, ends[0], "base"), end(state, ends[1], "heads"), range);
    }

    /** As with Alembic, {@code current} is left out when nothing is applied. */
    private End end(AppliedState state, String word, String otherwise) {
        if (word.equals("current")) {
            List<String> rows = graph.ids(planner.tips(state));
            return rows.isEmpty() ? new End(List.of(otherwise), false) : new End(rows, true);
        }
        return new End(List.of(word.isEmpty() ? otherwise : word), false);
    }

    private BitSet between(End lower, End upper, String range) {
        List<Integer> targets = upper.isRows()
                ? planner.tips(upper.state())
                : upwardTargets.stopping(lower.state(), upper.word().get(0));
        if (!lower.isRows() && lower.word().get(0).contains("@")) {
            targets = onBranch(targets, lower.word().get(0));
        }
        planner.refuseOverlap(targets);
        BitSet found = edges.downFrom(Planner.setOf(targets));
        List<Integer> starts = starts(lower, upper, range);
        if (!starts.stream().allMatch(found::get)) {
            throw GraphErrors.notOnOneLine(range, lower.toString(), upper.toString());
        }
        planner.refuseOverlap(starts);
        if (!starts.isEmpty()) {
            found.and(edges.lineUpFrom(Planner.setOf(starts)));
        }
        return found;
    }

    private List<Integer> starts(End lower, End upper, String range) {
        if (lower.isRows()) {
            return planner.tips(lower.state());
        }
        try {
            return symbols.all(lower.word().get(0));
        } catch (GraphException e) {
            throw e.code().equals(GraphCode.RELATIVE_OUT_OF_RANGE.key())
                    ? GraphErrors.notOnOneLine(range, lower.toString(), upper.toString())
                    : e;
        }
    }

    /** Those of the targets that are on the branch before the {@code @} of the lower end. */
    private List<Integer> onBranch(List<Integer> targets, String lower) {
        String branch = lower.substring(0, lower.indexOf('@'));
        int root = symbols.one(branch);
        String label = root == Symbols.BASE ? branch : onlyLabel(root, branch);
        return label == null ? symbols.inLineage(targets, branch, false) : graph.labelled(targets, label);
    }

    /** The label that an id stands for when it is used like one: that of its revision, if it has just one. */
    private @Nullable String onlyLabel(int root, String branch) {
        if (!graph.id(root).equals(branch)) {
            return branch;
        }
        SortedSet<String> labels = graph.labels(branch);
        return labels.size() == 1 ? labels.first() : null;
    }
}
