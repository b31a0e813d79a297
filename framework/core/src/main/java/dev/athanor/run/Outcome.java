package dev.athanor.run;

import dev.athanor.revision.Phase;
import dev.athanor.run.UpgradeResult.BackfillSummary;
import dev.athanor.run.UpgradeResult.PhaseDone;
import dev.athanor.run.UpgradeResult.VerificationSummary;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Collects what a run has done. */
final class Outcome {
    private final Clock clock;
    private final Instant begin;
    private final List<PhaseDone> phases = new ArrayList<>();
    private final List<BackfillSummary> backfills = new ArrayList<>();
    private final List<VerificationSummary> verifications = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    Outcome(Clock clock) {
        this.clock = clock;
        this.begin = clock.instant();
    }

    void phase(String revision, Phase phase) {
        phases.add(new PhaseDone(revision, phase));
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

    UpgradeResult result(List<String> headsAfter, boolean stopped) {
        List<String> applied = phases.stream()
                .filter(done -> done.phase() == Phase.CONTRACT)
                .map(PhaseDone::revision)
                .toList();
        return new UpgradeResult(
                phases,
                applied,
                headsAfter,
                backfills,
                verifications,
                stopped,
                notes,
                Duration.between(begin, clock.instant()));
    }
}
