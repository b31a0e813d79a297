package dev.athanor.jobs.supportdesk;

import dev.athanor.catalog.SchemaPicture;
import dev.athanor.ledger.StateSchema;
import dev.athanor.postgres.ConnectionUrl;
import dev.athanor.postgres.Database;
import dev.athanor.postgres.SchemaReader;
import dev.athanor.revision.Phase;
import dev.athanor.run.MigrationRunner;
import dev.athanor.run.RunListener;
import dev.athanor.run.RunResult;
import dev.athanor.run.UpgradeRequest;
import dev.athanor.source.JavaRevisions;
import dev.athanor.source.Revisions;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Revisions run on a database by the real runner. */
public final class Run implements AutoCloseable {
    private final Database database;
    private final MigrationRunner runner;

    /** Revisions on the database of this URL. */
    public Run(String url, Revisions revisions) {
        this(url, revisions, RunListener.NONE);
    }

    /** The same with somebody who hears of it. */
    public Run(String url, Revisions revisions, RunListener listener) {
        database = Database.open(ConnectionUrl.parse(url, Map.of()), MigrationRunner.connectionsFor(revisions));
        runner = MigrationRunner.of(database, revisions).listener(listener).build();
    }

    /** The classes of the complete set, found by their index. */
    public static Revisions classes() {
        return JavaRevisions.indexed(Run.class.getClassLoader());
    }

    /** All phases up to this revision. */
    public RunResult upgrade(String target) {
        return runner.upgrade(new UpgradeRequest(target, null));
    }

    /** One phase up to this revision. */
    public RunResult upgrade(String target, @Nullable Phase phase) {
        return runner.upgrade(new UpgradeRequest(target, phase));
    }

    /** Takes everything up to this revision for applied, without running it. */
    public RunResult stamp(String target) {
        return runner.stamp(List.of(target), false);
    }

    /** Goes on with what was cut off. */
    public RunResult resume() {
        return runner.resume(null);
    }

    /** Undoes what stands on the target. */
    public RunResult downgrade(String target) {
        return runner.downgrade(target);
    }

    /** The schema but for the ledger. */
    public SchemaPicture schema() {
        return new SchemaReader(database.transactions()).read(List.of(StateSchema.DEFAULT_NAME));
    }

    @Override
    public void close() {
        database.close();
    }
}
