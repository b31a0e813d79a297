package dev.athanor.run;

import dev.athanor.revision.Phase;
import java.time.Duration;
import java.util.List;

/**
 * What an upgrade or a resume has done.
 *
 * @param phases finished in this run, in order; those without steps included
 * @param applied revisions of which the last phase was finished in this run, in order
 * @param headsAfter the applied revisions that no other applied one revises or depends on
 * @param backfills run in this run
 * @param verifications passed in this run
 * @param stopped ended early at a clean checkpoint, because {@link MigrationRunner#stop()} was called
 * @param notes what the user should know, such as why a phase stops short of the target
 * @param elapsed from begin to end
 */
public record UpgradeResult(
        List<PhaseDone> phases,
        List<String> applied,
        List<String> headsAfter,
        List<BackfillSummary> backfills,
        List<VerificationSummary> verifications,
        boolean stopped,
        List<String> notes,
        Duration elapsed) {
    public UpgradeResult {
        phases = List.copyOf(phases);
        applied = List.copyOf(applied);
        headsAfter = List.copyOf(headsAfter);
        backfills = List.copyOf(backfills);
        verifications = List.copyOf(verifications);
        notes = List.copyOf(notes);
    }

    /** One finished phase of one revision. */
    public record PhaseDone(String revision, Phase phase) {}

    /**
     * One backfill of this run.
     *
     * @param rowsWalked rows between the bounds of the chunks of this run
     * @param rowsChanged rows that the statements of this run changed
     * @param elapsed from its first chunk of this run to its last
     */
    public record BackfillSummary(String revision, String name, long rowsWalked, long rowsChanged, Duration elapsed) {}

    /**
     * One verification of this run.
     *
     * @param wrong rows still wrong; 0 passes
     */
    public record VerificationSummary(String revision, String name, long wrong) {}
}
