package dev.athanor.run;

import dev.athanor.catalog.SchemaDifference;
import dev.athanor.ledger.Fence;
import dev.athanor.ledger.SnapshotLedger;
import dev.athanor.ledger.StateSchema;
import dev.athanor.postgres.Database;
import dev.athanor.postgres.DatabaseException;
import dev.athanor.postgres.SchemaReader;
import dev.athanor.sql.SqlStateClass;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the picture of the schema as a run leaves it, from which a later check tells what others have changed. */
final class PictureKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(PictureKeeper.class);

    private final SchemaReader reader;
    private final SnapshotLedger snapshots;
    private final String stateSchema;

    PictureKeeper(Database database, StateSchema schema, RunSettings settings) {
        this.reader = new SchemaReader(database.transactions());
        this.snapshots = new SnapshotLedger(database.transactions(), schema, settings.actor());
        this.stateSchema = schema.name();
    }

    /**
     * Works, and keeps the picture however that ends, if anything was changed. What somebody else has changed before becomes
     * part of the new picture; so it is told now, or, when the run fails, left to be told by the next one.
     *
     * @param drift what differed from the last picture before the work
     */
    boolean after(BooleanSupplier work, List<SchemaDifference> drift, Fence fence, Outcome outcome) {
        try {
            boolean complete = work.getAsBoolean();
            if (outcome.hasChanged()) {
                drift.forEach(difference -> outcome.note("Drift before this run: " + difference.line()
                        + ". From now on it counts as known; if it was not meant, take it back by a revision:"
                        + " athanor revision -m TEXT"));
            }
            keepIfChanged(fence, outcome);
            return complete;
        } catch (RuntimeException e) {
            if (drift.isEmpty() && !isServerAway(e)) {
                keepIfChanged(fence, outcome);
            }
            throw e;
        }
    }

    private void keepIfChanged(Fence fence, Outcome outcome) {
        if (outcome.hasChanged()) {
            keep(fence, outcome);
        }
    }

    /** Never fails: whatever was migrated is migrated. An old picture is forgotten then, because it would accuse us. */
    void keep(Fence fence, Outcome outcome) {
        try {
            snapshots.keep(fence, reader.read(List.of(stateSchema)));
        } catch (RuntimeException e) {
            LOG.warn("No picture of the schema was taken: {}", e.getMessage(), e);
            outcome.note("No picture of the schema was taken (" + e.getMessage()
                    + "), so athanor check cannot tell drift until the next run takes one.");
            forget(fence);
        }
    }

    private void forget(Fence fence) {
        try {
            snapshots.forget(fence);
        } catch (RuntimeException e) {
            LOG.warn("The last picture of the schema could not be forgotten: {}", e.getMessage(), e);
        }
    }

    /** To wait for a connection once more would only keep whoever waits for the error. */
    private static boolean isServerAway(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof DatabaseException database && database.category() == SqlStateClass.TRANSIENT) {
                return true;
            }
        }
        return false;
    }
}
