package dev.athanor.run;

import dev.athanor.revision.Phase;
import dev.athanor.revision.RevisionStep;
import java.time.Duration;
import java.util.List;

/**
 * What an upgrade, a downgrade, a stamp or a resume has done. {@link JsonForm#of(RunResult)} tells the same under the
 * names that the command line prints.
 *
 * @param steps revisions that were wholly applied, undone, set or unset in this run, in order
 * @param phases finished, or undone, in this run, in order; those without steps included
 * @param headsAfter the applied revisions that no other applied one revises or depends on
 * @param backfills run in this run
 * @param verifications passed in this run
 * @param stopped ended early at a clean checkpoint, because {@link MigrationRunner#stop()} was called
 * @param notes what the user should know, such as why a phase stops short of the target
 * @param elapsed from begin to end
 */
public record RunResult(
        List<RevisionStep> steps,
        List<PhaseDone> phases,
        List<String> headsAfter,
        List<BackfillSummary> backfills,
        List<VerificationSummary> verifications,
        boolean stopped,
        List<String> notes,
        Duration elapsed) {
    public RunResult {
        steps = List.copyOf(steps);
        phases = List.copyOf(phases);
        headsAfter = List.copyOf(headsAfter);
        backfills = List.copyOf(backfills);
        verifications = List.copyOf(verifications);
        notes = List.copyOf(notes);
    }

    /** Ids of the revisions of which the last phase was finished in this run, in order. */
    public List<String> applied() {
        return ids(RevisionStep.Action.UPGRADE);
    }

    /** Ids of the revisions that were wholly undone in this run, in order. */
    public List<String> undone() {
        return ids(RevisionStep.Action.DOWNGRADE);
    }

    private List<String> ids(RevisionStep.Action action) {
        return steps.stream()
                .filter(step -> step.action() == action)
                .map(RevisionStep::id)
                .toList();
    }

    /** One finished, or undone, phase of one revision. */
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
