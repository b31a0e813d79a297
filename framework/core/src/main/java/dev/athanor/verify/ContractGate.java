package dev.athanor.verify;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.ledger.BackfillState;
import dev.athanor.ledger.RevisionLedger;
import dev.athanor.ledger.SectionState;
import dev.athanor.plan.PhasePlan;
import dev.athanor.plan.Step;
import dev.athanor.plan.Step.BackfillStep;
import dev.athanor.plan.Step.SchemaStep;
import dev.athanor.plan.Step.VerifyStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The gate in front of contract: open when the ledger shows every backfill done and every verification passed. */
public final class ContractGate {
    private final RevisionLedger ledger;

    /** Reads the evidence in this ledger. */
    public ContractGate(RevisionLedger ledger) {
        this.ledger = ledger;
    }

    /**
     * Refuses when the revision's contract must not run yet. All reasons are told at once.
     *
     * @param backfill the plan of the revision's backfill phase
     * @throws AthanorException code {@code backfill_unfinished}, kind REFUSED (8), with rows done and estimated; or code
     *     {@code verification_missing}, kind REFUSED, when one was never run
     * @throws VerificationFailedException kind FINDING (7), when one did not pass
     */
    public void requireOpen(PhasePlan backfill) {
        List<String> unfinished = unfinished(backfill);
        if (!unfinished.isEmpty()) {
            throw refused("backfill_unfinished", backfill, unfinished);
        }
        Map<Integer, SectionState> sections = ledger.sections(backfill.revision()).stream()
                .collect(Collectors.toMap(SectionState::ordinal, Function.identity()));
        List<String> missing = new ArrayList<>();
        for (Step step : backfill.steps()) {
            if (step instanceof VerifyStep verify) {
                SectionState state = sections.getOrDefault(verify.ordinal(), SectionState.untouched(verify.ordinal()));
                if (state.result() == null) {
                    missing.add("verification '" + verify.name() + "' has not run");
                } else if (state.result() > 0) {
                    throw new VerificationFailedException(backfill.revision(), verify.name(), state.result());
                }
            }
        }
        if (!missing.isEmpty()) {
            throw refused("verification_missing", backfill, missing);
        }
    }

    private List<String> unfinished(PhasePlan backfill) {
        Map<Integer, BackfillState> states = ledger.backfills(backfill.revision()).stream()
                .collect(Collectors.toMap(BackfillState::ordinal, Function.identity()));
        List<String> unfinished = new ArrayList<>();
        for (Step step : backfill.steps()) {
            if (step instanceof BackfillStep) {
                BackfillState state = states.get(step.ordinal());
                if (state == null) {
                    unfinished.add("backfill '" + step.name() + "' has not begun");
                } else if (!state.done()) {
                    unfinished.add("backfill '" + step.name() + "' is " + state.state() + ", " + state.rowsWalked()
                            + " of about " + state.rowsEstimated() + " rows done");
                }
            } else if (step instanceof SchemaStep) {
                throw new IllegalArgumentException("No backfill phase: " + step.name());
            }
        }
        return unfinished;
    }

    private static AthanorException refused(String code, PhasePlan backfill, List<String> reasons) {
        return new AthanorException(
                FailureKind.REFUSED,
                code,
                "Contract of revision '" + backfill.revision() + "' is refused: " + String.join("; ", reasons),
                "First: athanor upgrade " + backfill.revision() + " --phase backfill");
    }
}
