package dev.athanor.benchmark.subject;

import dev.athanor.benchmark.table.Scene;
import dev.athanor.ledger.Actor;
import dev.athanor.ledger.LeaseListener;
import dev.athanor.ledger.LeaseSettings;
import dev.athanor.ledger.Leases;
import dev.athanor.ledger.StateSchema;
import dev.athanor.postgres.ConnectionUrl;
import dev.athanor.postgres.Database;
import dev.athanor.revision.Phase;
import dev.athanor.run.MigrationRunner;
import dev.athanor.run.UpgradeRequest;
import dev.athanor.source.Revisions;
import java.util.Map;
import java.util.function.Function;

/**
 * A phase of an upgrade through the library's public door, with everything that a user gets: lease and heartbeats, plan, Spring Batch job with its
 * partitions, ledger, throttle, gate. Phases before it are run while it is opened.
 *
 * @param phase the one that is measured
 * @param takeover whether it goes on with what a dead process has left, instead of beginning
 * @param revisions what is run, made at the workplace
 */
record AthanorUpgrade(
        String id, String title, Scene scene, Phase phase, boolean takeover, Function<Workplace, Revisions> revisions)
        implements Subject {

    @Override
    public Kind kind() {
        return Kind.CASE;
    }

    /** Backfills by SQL run the same code, be it with other numbers: together they are warm sooner. */
    @Override
    public String group() {
        return id.startsWith(Subjects.GRID) || id.startsWith(Subjects.BACKFILL) ? Subjects.BACKFILL : id;
    }

    @Override
    public boolean worksInTheJvm() {
        return id.startsWith(Subjects.TRANSFORM);
    }

    @Override
    public Work open(Workplace place) {
        Revisions read = revisions.apply(place);
        Database database =
                Database.open(ConnectionUrl.parse(place.url(), Map.of()), MigrationRunner.connectionsFor(read));
        Upgrade upgrade = new Upgrade(
                database, MigrationRunner.of(database, read).takeover(takeover).build(), phase);
        if (!takeover) {
            upgrade.prepare();
        }
        return upgrade;
    }

    private record Upgrade(Database database, MigrationRunner runner, Phase measured) implements Work {
        void prepare() {
            StateSchema schema = new StateSchema(database.transactions(), StateSchema.DEFAULT_NAME);
            new Leases(database.transactions(), schema, LeaseSettings.standard(Actor.ofSystem()))
                    .acquire(false, LeaseListener.NONE)
                    .close();
            for (Phase phase : Phase.values()) {
                if (phase.compareTo(measured) < 0) {
                    runner.upgrade(new UpgradeRequest("heads", phase));
                }
            }
        }

        @Override
        public void run() {
            runner.upgrade(new UpgradeRequest("heads", measured));
        }

        @Override
        public void stop() {
            runner.stop();
        }

        @Override
        public void close() {
            database.close();
        }
    }
}
