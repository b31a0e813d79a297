package dev.athanor.run;

import dev.athanor.backfill.StopSignal;
import dev.athanor.ledger.RevisionLedger;
import dev.athanor.ledger.RevisionState;
import dev.athanor.plan.UndoPlan;
import dev.athanor.revision.Phase;
import dev.athanor.source.RevisionDefinition;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The phases to undo, in order: newest revision first, and each from contract back to expand. Only what was begun is undone;
 * a phase that was half done is undone like a whole one.
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
                if ((isBegun(plan) || plan.phase() == Phase.EXPAND) && !driver.undo(plan, outcome)) {
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
        RevisionState state = states.get(plan.revision());
        return state != null
                && (state.hasFinished(plan.phase())
                        || ledger.sections(plan.revision()).stream()
                                .anyMatch(section -> plan.ordinals().contains(section.ordinal())
                                        && (section.statementsDone() > 0 || section.attempted()))
                        || plan.phase() == Phase.BACKFILL
                                && ledger.backfills(plan.revision()).stream()
                                        .anyMatch(backfill -> backfill.rowsWalked() > 0));
    }
}
