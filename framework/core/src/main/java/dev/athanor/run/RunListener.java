package dev.athanor.run;

import dev.athanor.backfill.BackfillEvent;
import dev.athanor.plan.RevisionFinding;
import dev.athanor.revision.Phase;
import java.time.Duration;
import java.util.List;

/**
 * Hears what a run does, as it happens. Called from several threads, one call at a time for each backfill; whoever takes
 * long holds the run up.
 */
public interface RunListener {

    /** Hears nothing. */
    RunListener NONE = new RunListener() {};

    /** All of them hear everything, in this order. */
    static RunListener all(RunListener... listeners) {
        return ManyListeners.of(List.of(listeners));
    }

    /** A run begins; it has no lease yet. {@code command} is upgrade, downgrade, resume, stamp, adopt or backfill. */
    default void runStarted(String command) {}

    /** The run has given its lease back, or never got it. Always called after {@link #runStarted}. */
    default void runEnded(String command, RunEnd end) {}

    /** The lease is ours. */
    default void leaseTaken() {}

    /** The server has prolonged our lease. Called by a thread of its own, every fifth of the lease's length. */
    default void leaseRenewed() {}

    /**
     * Lint has found this in what is going to be run, and does not refuse it: warnings, and errors where they are only told.
     */
    default void linted(List<RevisionFinding> findings) {}

    /** These revisions are going to be worked on, in this order. */
    default void planned(List<String> revisions) {}

    /** Another process holds the lease and does not seem to live; its lease expires after {@code remaining}. */
    default void waitingForLease(String holder, Duration remaining) {}

    /** The lease of a process that is gone has been taken over. */
    default void takenOver(String holder) {}

    /** A phase begins. */
    default void phaseStarted(String revision, Phase phase) {}

    /** A phase is finished, and the ledger says so. */
    default void phaseFinished(String revision, Phase phase) {}

    /** A phase ended, however it did. Always called after {@link #phaseStarted}, by the same thread. */
    default void phaseEnded(String revision, Phase phase, RunEnd end) {}

    /** A phase begins to be undone. */
    default void undoStarted(String revision, Phase phase) {}

    /** A phase is undone, and the ledger says so. */
    default void undoFinished(String revision, Phase phase) {}

    /** The undoing of a phase ended, however it did. Always called after {@link #undoStarted}, by the same thread. */
    default void undoEnded(String revision, Phase phase, RunEnd end) {}

    /** A schema section begins. */
    default void sectionStarted(String revision, String section) {}

    /** A schema section ended, however it did. Always called after {@link #sectionStarted}, by the same thread. */
    default void sectionEnded(String revision, String section, RunEnd end) {}

    /** A schema section met a passing fault and is tried again; {@code cause} names who blocks it. */
    default void sectionRetried(String revision, String section, String cause, Duration delay) {}

    /** Another session, perhaps of a process that was killed, is still building this index; it is waited for. */
    default void indexBuilding(String revision, String section, String index) {}

    /** A failed build has left this index invalid; it is dropped and built anew. */
    default void indexRebuilt(String revision, String section, String index) {}

    /**
     * A session that blocked a schema section was ended, or could not be although it was wished; {@code words} name it.
     * Called by a thread of its own.
     */
    default void blockerMet(String revision, String section, String words) {}

    /** A build that failed had left this index invalid; it was dropped. */
    default void indexDropped(String revision, String section, String index) {}

    /** A backfill begins or goes on. */
    default void backfillStarted(BackfillView backfill) {}

    /** A backfill goes forward. */
    default void backfillEvent(BackfillView backfill, BackfillEvent event) {}

    /** All ranges of a backfill are done. */
    default void backfillFinished(BackfillView backfill) {}

    /** A backfill was stopped at a clean checkpoint. */
    default void backfillStopped(BackfillView backfill) {}

    /** A backfill ended by an error: ranges that failed, a cancellation, the loss of the lease. */
    default void backfillFailed(BackfillView backfill, Throwable error) {}

    /** A verification was counted. */
    default void verified(String revision, String verification, long wrong) {}

    /**
     * A backfill as it stood when this run came to it.
     *
     * @param id in the ledger
     * @param rowsEstimated rows of the table when the backfill began
     * @param rowsWalkedBefore rows that earlier runs have walked
     * @param workers chunks at once
     * @param reason why it is slower than it could be; empty when it is not
     */
    record BackfillView(
            long id,
            String revision,
            String name,
            String table,
            long rowsEstimated,
            long rowsWalkedBefore,
            int workers,
            String reason) {}
}
