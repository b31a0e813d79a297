package dev.athanor.run;

import dev.athanor.backfill.StopSignal;
import dev.athanor.ledger.RevisionLedger;
import dev.athanor.ledger.RevisionState;
import dev.athanor.plan.UndoPlan;
import dev.athanor.revision.Phase;
import dev.athanor.source.RevisionDefinition;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The phases to undo, in order: newest revision first, and each from contract back to expand. Only what was begun is undone,
 * operation by operation: what the undo of one that has failed at its first statement would take away is not its own.
 */
final class UndoAgenda {
    private final List<RevisionDefinition> newestFirst;
    private final List<UndoPlan> plans;
    private final Map<String, List<UndoPlan>> byRevision;
    private final Map<String, RevisionState> states;
    private final RevisionLedger ledger;

    UndoAgenda(
            List<RevisionDefinition> newestFirst,
            List<UndoPlan> plans,
            Map<String, RevisionState> states,
            RevisionLedger ledger) {
        this.newestFirst = List.copyOf(newestFirst);
        this.plans = List.copyOf(plans);
        this.byRevision = plans.stream().collect(Collectors.groupingBy(UndoPlan::revision));
        this.states = Map.copyOf(states);
        this.ledger = ledger;
    }

    List<String> revisions() {
        return newestFirst.stream().map(RevisionDefinition::id).toList();
    }

    /** Refuses, with all reasons, when anything of it cannot be undone; nothing is changed then. */
    void requireUndoable() {
        Irreversible.refuse(newestFirst, plans, this::isBegun);
    }

    /** Runs all of it; false when it was stopped in between. */
    boolean run(PhaseDriver driver, Outcome outcome, StopSignal stop) {
        for (RevisionDefinition revision : newestFirst) {
            for (UndoPlan plan : plansOf(revision)) {
                if (stop.isRequested()) {
                    return false;
                }
                if ((isBegun(plan) || plan.phase() == Phase.EXPAND) && !driver.undo(begun(plan, outcome), outcome)) {
                    return false;
                }
            }
        }
        return true;
    }

    private List<UndoPlan> plansOf(RevisionDefinition revision) {
        return byRevision.getOrDefault(revision.id(), List.of());
    }

    private boolean isBegun(UndoPlan plan) {
        return states.containsKey(plan.revision()) && (isFinished(plan) || plan.isBegun(done(plan.revision())));
    }

    private boolean isFinished(UndoPlan plan) {
        RevisionState state = states.get(plan.revision());
        return state != null && state.hasFinished(plan.phase());
    }

    /** Without the sections that would take back what was never done. */
    private UndoPlan begun(UndoPlan plan, Outcome outcome) {
        UndoPlan begun = isFinished(plan) ? plan : plan.of(done(plan.revision()));
        List<String> left = plan.steps().stream()
                .filter(step -> !begun.steps().contains(step))
                .map(step -> step.name() + " (" + step.origin() + ")")
                .toList();
        if (!left.isEmpty()) {
            outcome.note("Revision " + plan.revision() + ": not run, because nothing of what it takes back was done: "
                    + String.join(", ", left));
        }
        return begun;
    }

    /** Ordinals of the sections that have done something, or may have: what was attempted in autocommit. */
    private Set<Integer> done(String revision) {
        Set<Integer> done = new HashSet<>();
        ledger.sections(revision).stream()
                .filter(section -> section.statementsDone() > 0 || section.attempted())
                .forEach(section -> done.add(section.ordinal()));
        ledger.backfills(revision).stream()
                .filter(backfill -> backfill.rowsWalked() > 0)
                .forEach(backfill -> done.add(backfill.ordinal()));
        return done;
    }
}
