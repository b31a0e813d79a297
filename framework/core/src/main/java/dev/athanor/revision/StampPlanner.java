package dev.athanor.revision;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Sets the rows of the version table without running anything. A target takes the place of the rows that stand above or
 * below it, by line or by dependency; rows of other branches stay.
 */
final class StampPlanner {
    private final RevisionGraph graph;
    private final Symbols symbols;
    private final Planner planner;

    StampPlanner(RevisionGraph graph, Symbols symbols, Planner planner) {
        this.graph = graph;
        this.symbols = symbols;
        this.planner = planner;
    }

    RevisionPlan plan(AppliedState state, List<String> targets) {
        targets.stream().filter(target -> target.contains(":")).findFirst().ifPresent(range -> {
            throw GraphErrors.rangeNotAllowed(range);
        });
        List<Integer> before = planner.tips(state);
        Set<Integer> replaced = new LinkedHashSet<>();
        targets.forEach(target -> replaced.addAll(symbols.inLineage(before, target, true)));
        Set<Integer> destinations = new LinkedHashSet<>();
        targets.forEach(target -> destinations.addAll(symbols.all(target)));
        return destinations.isEmpty() ? toBase(before, replaced) : to(destinations, before, replaced);
    }

    private RevisionPlan toBase(List<Integer> before, Set<Integer> replaced) {
        Set<Integer> rows = new LinkedHashSet<>(before);
        rows.removeAll(replaced);
        return graph.rowsPlan(steps(RevisionStep.Action.UNSTAMP, replaced), before, rows);
    }

    private RevisionPlan to(Set<Integer> destinations, List<Integer> before, Set<Integer> replaced) {
        Set<Integer> rows = new LinkedHashSet<>(before);
        Set<Integer> stamped = new LinkedHashSet<>(destinations);
        stamped.removeAll(replaced);
        for (int destination : stamped) {
            if (standsAboveOrBelow(destination, replaced)) {
                rows.removeAll(replaced);
            }
            rows.add(destination);
        }
        return graph.rowsPlan(steps(RevisionStep.Action.STAMP, stamped), before, rows);
    }

    private boolean standsAboveOrBelow(int destination, Set<Integer> rows) {
        BitSet lineage = symbols.lineageOf(Symbols.setOf(destination), true);
        return rows.stream().anyMatch(lineage::get);
    }

    private List<RevisionStep> steps(RevisionStep.Action action, Set<Integer> places) {
        List<RevisionStep> steps = new ArrayList<>();
        places.forEach(place -> steps.add(new RevisionStep(action, graph.id(place))));
        return steps;
    }
}
