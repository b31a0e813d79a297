package dev.athanor.run;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.ledger.BackfillState;
import dev.athanor.ledger.RevisionLedger;
import dev.athanor.ledger.RevisionState;
import dev.athanor.ledger.SectionState;
import dev.athanor.plan.PhasePlan;
import dev.athanor.plan.Step;
import dev.athanor.plan.Step.BackfillStep;
import dev.athanor.plan.Step.SchemaStep;
import dev.athanor.plan.StepChecksum;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is done of a revision must stay as it was written; what is not may still be mended. Anything else would be
 * skipped in silence, or done twice.
 */
final class DoneParts {
    private final RevisionLedger ledger;

    DoneParts(RevisionLedger ledger) {
        this.ledger = ledger;
    }

    /** Refuses when a part of a begun revision has changed that is done. */
    void requireUnchanged(List<PhasePlan> plans, Map<String, RevisionState> states) {
        for (PhasePlan plan : plans) {
            RevisionState state = states.get(plan.revision());
            if (state != null) {
                check(plan, state.hasFinished(plan.phase()));
            }
        }
    }

    private void check(PhasePlan plan, boolean phaseDone) {
        Map<Integer, SectionState> sections = ledger.sections(plan.revision()).stream()
                .collect(Collectors.toMap(SectionState::ordinal, Function.identity()));
        Map<Integer, BackfillState> backfills = ledger.backfills(plan.revision()).stream()
                .collect(Collectors.toMap(BackfillState::ordinal, Function.identity()));
        for (Step step : plan.steps()) {
            boolean same = true;
            if (step instanceof SchemaStep schema) {
                same = isSame(schema, sections.get(step.ordinal()), phaseDone);
            } else if (step instanceof BackfillStep backfill) {
                same = isSame(backfill, backfills.get(step.ordinal()), phaseDone);
            }
            if (!same) {
                throw new AthanorException(
                        FailureKind.REFUSED,
                        "revision_changed",
                        "Revision " + step.revision() + ": " + step.name() + " (" + step.origin()
                                + ") has changed or is new, but that part of the revision is done.",
                        "Restore it, and write the change as a revision of its own; parts that are not done may be"
                                + " changed. Then: athanor resume " + step.revision());
            }
        }
    }

    private static boolean isSame(SchemaStep step, @Nullable SectionState done, boolean phaseDone) {
        if (done == null || done.statementsDone() == 0) {
            return !phaseDone;
        }
        int statements = step.statements().size();
        boolean complete = phaseDone || done.finished();
        return done.statementsDone() <= statements
                && (!complete || done.statementsDone() == statements)
                && StepChecksum.of(step, done.statementsDone()).equals(done.checksum());
    }

    private static boolean isSame(BackfillStep step, @Nullable BackfillState begun, boolean phaseDone) {
        if (begun == null) {
            return !phaseDone;
        }
        boolean open = !phaseDone && !begun.done() && begun.rowsWalked() == 0;
        return open || StepChecksum.of(step).equals(begun.checksum());
    }
}
