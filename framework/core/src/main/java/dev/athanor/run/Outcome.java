package dev.athanor.run;

import dev.athanor.revision.Phase;
import dev.athanor.revision.RevisionStep;
import dev.athanor.run.RunResult.BackfillSummary;
import dev.athanor.run.RunResult.PhaseDone;
import dev.athanor.run.RunResult.VerificationSummary;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Collects what a run has done. */
final class Outcome {
    private final Clock clock;
    private final Instant begin;
    private final List<RevisionStep> steps = new ArrayList<>();
    private final List<PhaseDone> phases = new ArrayList<>();
    private final List<BackfillSummary> backfills = new ArrayList<>();
    private final List<VerificationSummary> verifications = new ArrayList<>();
    private final List<String> notes = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean schemaTouched;

    Outcome(Clock clock) {
        this.clock = clock;
        this.begin = clock.instant();
    }

    void phase(String revision, Phase phase) {
        phases.add(new PhaseDone(revision, phase));
        if (phase == Phase.CONTRACT) {
            step(new RevisionStep(RevisionStep.Action.UPGRADE, revision));
        }
    }

    void undone(String revision, Phase phase) {
        phases.add(new PhaseDone(revision, phase));
        if (phase == Phase.EXPAND) {
            step(new RevisionStep(RevisionStep.Action.DOWNGRADE, revision));
        }
    }

    void step(RevisionStep step) {
        steps.add(step);
    }

    void backfill(BackfillSummary summary) {
        backfills.add(summary);
    }

    void verification(String revision, String name, long wrong) {
        verifications.add(new VerificationSummary(revision, name, wrong));
    }

    void note(String note) {
        notes.add(note);
    }

    /** A schema section was done, or may be done in part. */
    void schemaTouched() {
        schemaTouched = true;
    }

    /** Whether the database is not what it was before. */
    boolean hasChanged() {
        return schemaTouched || !phases.isEmpty() || !steps.isEmpty();
    }

    RunResult result(List<String> headsAfter, boolean stopped) {
        return new RunResult(
                steps,
                phases,
                headsAfter,
                backfills,
                verifications,
                stopped,
                notes,
                Duration.between(begin, clock.instant()));
    }
}
