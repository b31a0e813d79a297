package dev.athanor.revision;

import java.util.BitSet;
import java.util.List;

/** Finds what an upgrade has to run: all that its targets stand on and the database does not have. */
final class UpgradePlanner {
    private final RevisionGraph graph;
    private final Edges edges;
    private final Planner planner;
    private final UpwardTargets upwardTargets;

    UpgradePlanner(RevisionGraph graph, Edges edges, Planner planner, UpwardTargets upwardTargets) {
        this.graph = graph;
        this.edges = edges;
        this.planner = planner;
        this.upwardTargets = upwardTargets;
    }

    RevisionPlan plan(AppliedState state, String target) {
        if (target.contains(":")) {
            throw GraphErrors.rangeNotAllowed(target);
        }
        List<Integer> targets = upwardTargets.exact(state, target);
        planner.refuseOverlap(targets);
        Applied applied = planner.applied(state);
        planner.refuseOverlap(applied.tips());
        BitSet pending = edges.downFrom(Planner.setOf(targets));
        pending.andNot(applied.revisions());
        BitSet after = (BitSet) applied.revisions().clone();
        after.or(pending);
        return graph.plan(RevisionStep.Action.UPGRADE, graph.order().upwards(pending), applied, after);
    }
}
