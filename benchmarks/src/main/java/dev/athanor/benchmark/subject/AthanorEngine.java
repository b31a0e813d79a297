package dev.athanor.benchmark.subject;

import dev.athanor.backfill.BackfillEngine;
import dev.athanor.backfill.EngineSettings;
import dev.athanor.backfill.StopSignal;
import dev.athanor.benchmark.table.Scene;
import dev.athanor.benchmark.table.TicketTable;
import dev.athanor.ledger.Actor;
import dev.athanor.ledger.Lease;
import dev.athanor.ledger.LeaseListener;
import dev.athanor.ledger.LeaseSettings;
import dev.athanor.ledger.Leases;
import dev.athanor.ledger.RevisionLedger;
import dev.athanor.ledger.StateSchema;
import dev.athanor.plan.ChunkTemplate;
import dev.athanor.plan.Step.BackfillStep;
import dev.athanor.postgres.ConnectionUrl;
import dev.athanor.postgres.Database;
import dev.athanor.postgres.PoolSettings;
import dev.athanor.source.BackfillOptions;
import dev.athanor.sql.QualifiedName;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import reactor.core.scheduler.Schedulers;

/**
 * The chunk engine alone, without a run around it: lease with heartbeats, ranges, adaptive chunks, fencing, cursor and chunk record in each
 * chunk's transaction. Splitting the table into ranges is measured; making the state schema is not.
 */
record AthanorEngine() implements Subject {
    private static final int WORKERS = 2;
    private static final String REVISION = "benchmark";
    private static final BackfillStep STEP = new BackfillStep(
            REVISION,
            0,
            "resolution-time",
            "benchmark:1",
            QualifiedName.parse("tickets"),
            List.of("id"),
            BackfillOptions.NONE,
            new ChunkTemplate(
                    "UPDATE tickets" + TicketTable.ASSIGNMENT + "WHERE ", null, " AND " + TicketTable.UNFILLED));

    @Override
    public String id() {
        return "engine";
    }

    @Override
    public String title() {
        return "chunk engine alone, 2 workers, adaptive size";
    }

    @Override
    public Scene scene() {
        return Scene.FILL;
    }

    @Override
    public Kind kind() {
        return Kind.CASE;
    }

    @Override
    public Work open(Workplace place) {
        Database database = Database.open(
                ConnectionUrl.parse(place.url(), Map.of()), PoolSettings.DEFAULTS.withReactiveConnections(WORKERS + 2));
        StateSchema state = new StateSchema(database.transactions(), StateSchema.DEFAULT_NAME);
        LeaseSettings settings = LeaseSettings.standard(Actor.ofSystem());
        Lease lease = new Leases(database.transactions(), state, settings).acquire(false, LeaseListener.NONE);
        new RevisionLedger(database.transactions(), state, settings.actor()).begin(lease.fence(), REVISION, "none");
        BackfillEngine engine = new BackfillEngine(
                database.reactive(),
                StateSchema.DEFAULT_NAME,
                EngineSettings.DEFAULTS.withWorkers(WORKERS),
                Clock.systemUTC(),
                Schedulers.parallel());
        return new Engine(database, lease, engine, new StopSignal());
    }

    private record Engine(Database database, Lease lease, BackfillEngine engine, StopSignal stopSignal)
            implements Work {
        @Override
        public void run() {
            engine.prepare(STEP, lease.fence())
                    .flatMapMany(prepared -> engine.run(prepared, lease.fence(), stopSignal))
                    .blockLast();
        }

        @Override
        public void close() {
            lease.close();
            database.close();
        }
    }
}
