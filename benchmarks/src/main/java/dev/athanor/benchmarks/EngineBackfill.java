package dev.athanor.benchmarks;

import dev.athanor.backfill.BackfillEngine;
import dev.athanor.backfill.EngineSettings;
import dev.athanor.backfill.StopSignal;
import dev.athanor.ledger.Actor;
import dev.athanor.ledger.Fence;
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
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/**
 * The engine with everything on: lease with heartbeats, ranges, adaptive chunks, fencing, cursor and chunk record in each
 * chunk's transaction. Splitting the table into ranges is part of what is measured; making the state schema is not.
 */
final class EngineBackfill implements Contender, AutoCloseable {
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

    private final BenchmarkDatabase benchmark;
    private final Database database;
    private final BackfillEngine engine;
    private final LeaseSettings leaseSettings = LeaseSettings.standard(Actor.ofSystem());
    private @Nullable Lease lease;

    EngineBackfill(BenchmarkDatabase benchmark, int workers) {
        this.benchmark = benchmark;
        this.database = Database.open(
                ConnectionUrl.parse(benchmark.url(), Map.of()),
                PoolSettings.DEFAULTS.withReactiveConnections(workers + 2));
        this.engine = new BackfillEngine(
                database.reactive(),
                StateSchema.DEFAULT_NAME,
                EngineSettings.DEFAULTS.withWorkers(workers),
                Clock.systemUTC(),
                Schedulers.parallel());
    }

    @Override
    public String name() {
        return "engine";
    }

    @Override
    public void reset() {
        releaseLease();
        benchmark.execute("DROP SCHEMA IF EXISTS athanor CASCADE");
        StateSchema state = new StateSchema(database.transactions(), StateSchema.DEFAULT_NAME);
        lease = new Leases(database.transactions(), state, leaseSettings).acquire(false, LeaseListener.NONE);
        new RevisionLedger(database.transactions(), state, leaseSettings.actor())
                .begin(lease.fence(), REVISION, "none");
    }

    @Override
    public void fill() {
        Fence fence = Objects.requireNonNull(lease).fence();
        engine.prepare(STEP, fence)
                .flatMapMany(prepared -> engine.run(prepared, fence, new StopSignal()))
                .blockLast();
    }

    @Override
    public void close() {
        releaseLease();
        database.close();
    }

    private void releaseLease() {
        if (lease != null) {
            lease.close();
            lease = null;
        }
    }
}
