package dev.athanor.revision;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The rows after each single step of a plan. */
final class RowTrace {
    private final RevisionGraph graph;
    private final Symbols symbols;
    private final Planner planner;

    RowTrace(RevisionGraph graph, Symbols symbols, Planner planner) {
        this.graph = graph;
        this.symbols = symbols;
        this.planner = planner;
    }

    List<List<String>> of(AppliedState state, RevisionPlan plan) {
        boolean stamps = plan.steps().stream().map(RevisionStep::action).anyMatch(RowTrace::setsRows);
        return stamps
                ? ofRows(plan)
                : ofApplied((BitSet) planner.applied(state).revisions().clone(), plan);
    }

    private static boolean setsRows(RevisionStep.Action action) {
        return action == RevisionStep.Action.STAMP || action == RevisionStep.Action.UNSTAMP;
    }

    private List<List<String>> ofApplied(BitSet applied, RevisionPlan plan) {
        List<List<String>> trace = new ArrayList<>();
        for (RevisionStep step : plan.steps()) {
            applied.set(symbols.find(step.id(), null), step.action() == RevisionStep.Action.UPGRADE);
            trace.add(graph.ids(planner.rows(applied)).stream().sorted().toList());
        }
        return List.copyOf(trace);
    }

    /** What the stamped revisions replace disappears with the first of them that stands above or below any of it. */
    private List<List<String>> ofRows(RevisionPlan plan) {
        Set<String> replaced = new HashSet<>(plan.rowsBefore());
        plan.rowsAfter().forEach(replaced::remove);
        Set<String> rows = new TreeSet<>(plan.rowsBefore());
        List<List<String>> trace = new ArrayList<>();
        for (RevisionStep step : plan.steps()) {
            if (step.action() == RevisionStep.Action.UNSTAMP) {
                rows.remove(step.id());
            } else {
                if (isOnALineWith(step.id(), replaced)) {
                    rows.removeAll(replaced);
                }
                rows.add(step.id());
            }
            trace.add(List.copyOf(rows));
        }
        return List.copyOf(trace);
    }

    private boolean isOnALineWith(String id, Set<String> others) {
        BitSet line = symbols.lineageOf(Symbols.setOf(symbols.find(id, null)), true);
        return others.stream().anyMatch(other -> line.get(symbols.find(other, null)));
    }
}
