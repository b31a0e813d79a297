package dev.athanor.run;

import dev.athanor.ledger.RevisionLedger;
import dev.athanor.ledger.SectionState;
import dev.athanor.plan.PhasePlan;
import dev.athanor.plan.Step;
import dev.athanor.revision.Phase;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Contract begins with the verifications once more: rows may have been written since. But not when it had begun before,
 * because then their queries may fit no more, and not right behind the backfill phase of the same run.
 */
final class Evidence {
    private final RevisionLedger ledger;
    /** Revisions whose verifications have passed in this run. */
    private final Set<String> verified = new HashSet<>();

    Evidence(RevisionLedger ledger) {
        this.ledger = ledger;
    }

    /** A phase is done in this run. */
    void passed(PhasePlan plan) {
        if (plan.phase() == Phase.BACKFILL) {
            verified.add(plan.revision());
        }
    }

    /** The phase, with what must be verified before it. */
    PhasePlan before(PhasePlan plan, PhasePlan backfill) {
        if (plan.phase() != Phase.CONTRACT || !isUntouched(plan) || verified.contains(plan.revision())) {
            return plan;
        }
        List<Step> steps = new ArrayList<>();
        backfill.steps().stream().filter(Step.VerifyStep.class::isInstance).forEach(steps::add);
        steps.addAll(plan.steps());
        return new PhasePlan(plan.revision(), plan.checksum(), plan.phase(), steps);
    }

    private boolean isUntouched(PhasePlan contract) {
        Set<Integer> sections = contract.steps().stream().map(Step::ordinal).collect(Collectors.toSet());
        return ledger.sections(contract.revision()).stream()
                .map(SectionState::ordinal)
                .noneMatch(sections::contains);
    }
}
