package dev.athanor.run;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.ledger.RevisionState;
import dev.athanor.revision.AppliedState;
import dev.athanor.revision.RevisionGraph;
import dev.athanor.revision.RevisionPlan;
import dev.athanor.revision.RevisionStep;
import dev.athanor.source.Revisions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What a stamp changes in the ledger. The rows follow the graph's rules for stamps; a revision between phases that the new
 * rows neither contain nor replace stays as it is.
 *
 * @param plan rows set and unset
 * @param applied ids that are applied from now on and were not, oldest first, with their checksums
 * @param forgotten ids that the ledger knows no more, or that it has to learn anew as applied
 */
record Stamping(RevisionPlan plan, Map<String, String> applied, Set<String> forgotten) {

    /**
     * Plans it.
     *
     * @param purge whether to begin with an empty table, revisions without a file included
     */
    static Stamping of(
            RevisionGraph graph,
            Revisions revisions,
            Map<String, RevisionState> states,
            List<String> targets,
            boolean purge) {
        Predicate<String> isApplied =
                id -> states.containsKey(id) && states.get(id).applied();
        AppliedState before = purge ? AppliedState.none() : AppliedState.of(Graphs.applied(states.values()));
        RevisionPlan plan = graph.stamp(before, targets);
        Set<String> after = closure(graph, plan.rowsAfter());
        Set<String> untouched = purge ? Set.of() : untouched(graph, states, targets);
        Set<String> forgotten = new TreeSet<>();
        for (String id : states.keySet()) {
            boolean stays = after.contains(id) ? isApplied.test(id) : !isApplied.test(id) && untouched.contains(id);
            if (!stays) {
                forgotten.add(id);
            }
        }
        if (!purge) {
            requireWhole(states, forgotten, after);
        }
        Map<String, String> applied = new LinkedHashMap<>();
        graph.applied(AppliedState.of(after)).stream()
                .filter(id -> !isApplied.test(id))
                .forEach(id -> applied.put(id, revisions.find(id).orElseThrow().checksum()));
        return new Stamping(plan, applied, forgotten);
    }

    /** What a revision between phases has left in the database would be forgotten with it. */
    private static void requireWhole(Map<String, RevisionState> states, Set<String> forgotten, Set<String> after) {
        List<String> halfDone = forgotten.stream()
                .filter(id -> !after.contains(id)
                        && states.containsKey(id)
                        && !states.get(id).applied())
                .toList();
        if (!halfDone.isEmpty()) {
            throw new AthanorException(
                    FailureKind.REFUSED,
                    "half_done",
                    "The stamp would forget revisions that are half done or half undone, and what they have left in the"
                            + " database: " + String.join(", ", halfDone),
                    "Bring them to their end with athanor resume, or forget them knowingly: athanor stamp --purge TARGET");
        }
    }

    /** Rows set and unset; a purge does not plan what it unsets, as it begins with none. */
    List<RevisionStep> steps(boolean purge) {
        List<RevisionStep> steps = new ArrayList<>();
        if (purge) {
            forgotten.stream()
                    .filter(id -> !applied.containsKey(id))
                    .forEach(id -> steps.add(new RevisionStep(RevisionStep.Action.UNSTAMP, id)));
        }
        steps.addAll(plan.steps());
        return steps;
    }

    /** Those that a stamp would leave alone if everything that was begun counted as applied; and those without a file. */
    private static Set<String> untouched(RevisionGraph graph, Map<String, RevisionState> states, List<String> targets) {
        Set<String> known = new TreeSet<>();
        Set<String> untouched = new TreeSet<>();
        states.keySet().forEach(id -> (graph.contains(id) ? known : untouched).add(id));
        untouched.addAll(
                closure(graph, graph.stamp(AppliedState.of(known), targets).rowsAfter()));
        return untouched;
    }

    private static Set<String> closure(RevisionGraph graph, List<String> rows) {
        return new TreeSet<>(graph.applied(AppliedState.fromTips(rows)));
    }
}
