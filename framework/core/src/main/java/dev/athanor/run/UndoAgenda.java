package dev.athanor.run;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.backfill.StopSignal;
import dev.athanor.ledger.RevisionLedger;
import dev.athanor.ledger.RevisionState;
import dev.athanor.plan.UndoPlan;
import dev.athanor.revision.Phase;
import dev.athanor.source.RevisionDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The phases to undo, in order: newest revision first, and each from contract back to expand. Only what was begun is undone;
 * a phase that was half done is undone like a whole one.
 */
final class UndoAgenda {
    private final List<RevisionDefinition> newestFirst;
    private final List<UndoPlan> plans;
    private final Map<String, RevisionState> states;
    private final RevisionLedger ledger;

    UndoAgenda(
            List<RevisionDefinition> newestFirst,
            List<UndoPlan> plans,
            Map<String, RevisionState> states,
            RevisionLedger ledger) {
        this.newestFirst = List.copyOf(newestFirst);
        this.plans = List.copyOf(plans);
        this.states = Map.copyOf(states);
        this.ledger = ledger;
    }

    List<String> revisions() {
        return newestFirst.stream().map(RevisionDefinition::id).toList();
    }

    /** Refuses, with all reasons, when anything of it cannot be undone; nothing is changed then. */
    void requireUndoable() {
        List<String> reasons = new ArrayList<>();
        for (RevisionDefinition revision : newestFirst) {
            plansOf(revision).stream()
                    .filter(this::isBegun)
                    .map(plan -> reason(revision, plan))
                    .filter(Objects::nonNull)
                    .forEach(reasons::add);
        }
        if (!reasons.isEmpty()) {
            throw new AthanorException(
                    FailureKind.REFUSED,
                    "irreversible",
                    "The downgrade is refused, and nothing was changed:\n" + String.join("\n", reasons),
                    "Write the undo sections that are missing, or repair by a new revision that goes forward.");
        }
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
        return plans.stream()
                .filter(plan -> plan.revision().equals(revision.id()))
                .toList();
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

    private @Nullable String reason(RevisionDefinition revision, UndoPlan plan) {
        String where = "Revision " + revision.id() + " (" + revision.origin() + ")";
        if (plan.phase() == Phase.CONTRACT && revision.irreversible() != null) {
            return where + " says that it is irreversible: " + revision.irreversible();
        }
        if (!plan.effective() || !plan.steps().isEmpty() || isUndoneWithItsExpand(revision, plan)) {
            return null;
        }
        String phase = plan.phase().key();
        return where + " has done its " + phase + " phase, and has no section: -- athanor:undo " + phase;
    }

    /** What a backfill has filled goes away with what expand has made. */
    private boolean isUndoneWithItsExpand(RevisionDefinition revision, UndoPlan plan) {
        return plan.phase() == Phase.BACKFILL
                && plansOf(revision).stream()
                        .anyMatch(other ->
                                other.phase() == Phase.EXPAND && !other.steps().isEmpty());
    }
}
