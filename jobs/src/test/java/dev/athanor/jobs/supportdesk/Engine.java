package dev.athanor.jobs.supportdesk;

import dev.athanor.backfill.BackfillEngine;
import dev.athanor.backfill.BackfillEvent.ChunkCommitted;
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
import dev.athanor.plan.PhasePlanner;
import dev.athanor.plan.Step;
import dev.athanor.plan.Step.BackfillStep;
import dev.athanor.postgres.ConnectionUrl;
import dev.athanor.postgres.Database;
import dev.athanor.postgres.PoolSettings;
import dev.athanor.revision.Phase;
import dev.athanor.source.RevisionDefinition;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import reactor.core.scheduler.Schedulers;

/** Runs nothing but the backfills of a revision, by the real engine under a real lease. */
final class Engine implements AutoCloseable {
    private static final Actor ACTOR = Actor.ofSystem();

    private final Database database;

    Engine(String url) {
        database = Database.open(ConnectionUrl.parse(url, Map.of()), PoolSettings.DEFAULTS);
    }

    /** Rows changed. */
    long backfill(RevisionDefinition revision) {
        StateSchema state = new StateSchema(database.transactions(), StateSchema.DEFAULT_NAME);
        Leases leases = new Leases(database.transactions(), state, LeaseSettings.standard(ACTOR));
        RevisionLedger revisions = new RevisionLedger(database.transactions(), state, ACTOR);
        long changed = 0;
        try (Lease lease = leases.acquire(false, LeaseListener.NONE)) {
            revisions.begin(lease.fence(), revision.id(), revision.checksum());
            for (Step step :
                    new PhasePlanner(Map.of()).plan(revision, Phase.BACKFILL).steps()) {
                if (step instanceof BackfillStep backfill) {
                    changed += run(backfill, lease.fence());
                }
            }
        }
        return changed;
    }

    private long run(BackfillStep step, Fence fence) {
        BackfillEngine engine = new BackfillEngine(
                database.reactive(),
                StateSchema.DEFAULT_NAME,
                EngineSettings.DEFAULTS,
                Clock.systemUTC(),
                Schedulers.parallel());
        return Objects.requireNonNull(engine.prepare(step, fence)
                .flatMapMany(prepared -> engine.run(prepared, fence, new StopSignal()))
                .ofType(ChunkCommitted.class)
                .reduce(0L, (sum, chunk) -> sum + chunk.rowsChanged())
                .block(Duration.ofMinutes(1)));
    }

    @Override
    public void close() {
        database.close();
    }
}
