package dev.athanor.migration;

import dev.athanor.operation.Operation;

/**
 * Takes the sections of a revision, in the order in which they are to run. Each call is one section; a phase may have
 * several. What is wrong with one is found when revisions are read, and all of it is told at once.
 */
public interface MigrationBuilder {
    /** Adds to the schema what old and new versions of the application can both live with. */
    void expand(Step.Schema step);

    /** Changes rows, chunk by chunk. */
    void backfill(Step.Backfill step);

    /** Counts the rows that are still wrong, behind the backfills; contract waits for 0. */
    void verify(Step.Verification step);

    /** Takes away from the schema what only old versions of the application need. */
    void contract(Step.Schema step);

    /** Takes back what {@link #expand} did. */
    void undoExpand(Step.Schema step);

    /** Takes back what {@link #backfill} did, as one schema section. */
    void undoBackfill(Step.Schema step);

    /** Takes back what {@link #contract} did. */
    void undoContract(Step.Schema step);

    /**
     * Does each part of an operation in its own phase, undo included. Operations of one revision are taken back in the
     * reverse order, in front of undo written by hand.
     */
    void operation(Operation operation);

    /** As {@link #operation(Operation)}, at this pace. */
    void operation(Operation operation, Pace pace);

    /** Does all of an operation that has no backfill in expand, undo included. */
    void expand(Operation operation);

    /** As {@link #expand(Operation)}, at this pace. */
    void expand(Operation operation, Pace pace);

    /** Does all of an operation that has no backfill in contract, undo included. */
    void contract(Operation operation);

    /** As {@link #contract(Operation)}, at this pace. */
    void contract(Operation operation, Pace pace);
}
