package dev.athanor.run;

import dev.athanor.AthanorException;
import dev.athanor.catalog.SchemaDifference;
import dev.athanor.catalog.SchemaPicture;
import dev.athanor.ledger.SnapshotLedger;
import dev.athanor.ledger.SnapshotLedger.Snapshot;
import dev.athanor.ledger.StateSchema;
import dev.athanor.postgres.Database;
import dev.athanor.postgres.SchemaReader;
import dev.athanor.revision.RevisionGraph;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for whatever is not in order, without the lease and without changing anything. */
final class Checker {
    private static final Logger LOG = LoggerFactory.getLogger(Checker.class);

    private final StatusReader status;
    private final RevisionGraph graph;
    private final SchemaReader reader;
    private final SnapshotLedger snapshots;
    private final StateSchema schema;

    Checker(Database database, RevisionGraph graph, StateSchema schema, RunSettings settings, StatusReader status) {
        this.status = status;
        this.graph = graph;
        this.reader = new SchemaReader(database.transactions());
        this.snapshots = new SnapshotLedger(database.transactions(), schema, settings.actor());
        this.schema = schema;
    }

    /** What differs, or why that cannot be told. */
    private record Drift(List<SchemaDifference> found, List<String> notes) {
        static Drift notTold(String why) {
            return new Drift(List.of(), List.of("Drift was not looked for: " + why));
        }
    }

    CheckReport check(boolean withDrift) {
        StatusReport now = status.read();
        List<String> heads = graph.heads();
        Drift drift = withDrift ? drift() : new Drift(List.of(), List.of());
        return new CheckReport(
                now.pending(),
                heads.size() > 1 ? heads : List.of(),
                now.betweenPhases(),
                now.unknown(),
                now.changed(),
                drift.found(),
                drift.notes());
    }

    /** What somebody else has changed since the last run, for the run that is about to take its own picture. */
    List<SchemaDifference> driftBefore() {
        try {
            return drift().found();
        } catch (AthanorException e) {
            LOG.warn("Drift was not looked for: {}", e.getMessage(), e);
            return List.of();
        }
    }

    private Drift drift() {
        Optional<Snapshot> kept = snapshots.newest();
        if (kept.isEmpty()) {
            return Drift.notTold("there is no picture of the schema yet; the next run takes one.");
        }
        if (kept.get().outdated()) {
            return Drift.notTold(
                    "since the last picture of the schema a run or a script has worked on the database and has"
                            + " not come to taking another; the next run that ends takes one.");
        }
        Optional<SchemaPicture> was = SchemaPicture.parse(kept.get().picture());
        if (was.isEmpty()) {
            return Drift.notTold("another version of Athanor took the last picture; the next run takes one.");
        }
        SchemaPicture is = reader.read(List.of(schema.name()));
        if (was.get().serverMajor() != is.serverMajor()) {
            return Drift.notTold("the last picture was taken on PostgreSQL "
                    + was.get().serverMajor() + ", this is " + is.serverMajor()
                    + ", which writes definitions differently; the next run takes one.");
        }
        return new Drift(SchemaDifference.between(was.get(), is), List.of());
    }
}
