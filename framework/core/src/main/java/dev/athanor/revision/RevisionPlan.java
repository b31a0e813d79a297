package dev.athanor.revision;

import java.util.List;

/**
 * The steps that lead from one state of a database to another.
 *
 * @param steps in the order in which they must run; none when there is nothing to do
 * @param rowsBefore sorted ids of the applied revisions on which no other applied one stands, before the first step
 * @param rowsAfter the same after the last step
 */
public record RevisionPlan(List<RevisionStep> steps, List<String> rowsBefore, List<String> rowsAfter) {
    public RevisionPlan {
        steps = List.copyOf(steps);
        rowsBefore = List.copyOf(rowsBefore);
        rowsAfter = List.copyOf(rowsAfter);
    }

    /** The ids of the steps in their order. */
    public List<String> ids() {
        return steps.stream().map(RevisionStep::id).toList();
    }

    /** True when there is nothing to do. */
    public boolean isEmpty() {
        return steps.isEmpty();
    }
}
