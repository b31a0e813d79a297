package dev.athanor.schema;

import dev.athanor.plan.Step.SchemaStep;
import dev.athanor.sql.QualifiedName;
import java.time.Duration;

/** What happens while a schema step runs. Called by the thread that runs it. */
public interface SchemaListener {

    /** Nobody wants to know. */
    SchemaListener NONE = new SchemaListener() {};

    /**
     * The step met a passing fault and will be tried again.
     *
     * @param cause what happened, the blocking session included, for people
     * @param failed tries so far
     * @param delay until the next
     */
    default void retrying(SchemaStep step, String cause, int failed, Duration delay) {}

    /** A statement is done; numbers count from 1. */
    default void statementDone(SchemaStep step, int statement) {}

    /** Another session, perhaps of our dead predecessor, is still building this index; we wait for it. */
    default void waitingForIndex(SchemaStep step, QualifiedName index) {}

    /** A failed build left this index invalid; it is dropped and built anew. */
    default void rebuildingIndex(SchemaStep step, QualifiedName index) {}

    /** A build that failed had left this index invalid; it was dropped. */
    default void indexDropped(SchemaStep step, QualifiedName index) {}

    /**
     * A session that blocked a statement was ended, as the {@link BlockerPolicy} says. Called by the thread that watches.
     *
     * @param how {@code cancelled} or {@code terminated}
     */
    default void blockerEnded(SchemaStep step, Blocker blocker, String how) {}

    /** The same session could not be ended, mostly for want of a right. Called by the thread that watches. */
    default void blockerSpared(SchemaStep step, Blocker blocker, String why) {}
}
