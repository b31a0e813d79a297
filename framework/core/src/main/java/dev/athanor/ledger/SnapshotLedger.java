package dev.athanor.ledger;

import dev.athanor.catalog.SchemaPicture;
import dev.athanor.postgres.Session;
import dev.athanor.postgres.TransactionSettings;
import dev.athanor.postgres.Transactions;
import java.time.Instant;
import java.util.Optional;

/** The picture of the schema as the newest run left it. One is kept. */
public final class SnapshotLedger {
    /**
     * Whether somebody of ours has worked on the schema after the picture: a process that holds or was killed with the
     * lease, or a phase, a section or a script that was finished and no picture after it.
     */
    private static final String OUTDATED = """
            SELECT EXISTS (SELECT FROM %1$s.lease WHERE NOT released AND acquired_at > s.taken_at)
                OR EXISTS (SELECT FROM %1$s.event WHERE at > s.taken_at
                             AND kind IN ('phase_finished', 'phase_undone', 'revision_scripted', 'undo_scripted'))
                OR EXISTS (SELECT FROM %1$s.section WHERE finished_at > s.taken_at)
            """;

    private final Transactions transactions;
    private final StateSchema schema;
    private final Fencing fencing;
    private final Actor actor;

    /** Pictures in a state schema, kept by this actor. */
    public SnapshotLedger(Transactions transactions, StateSchema schema, Actor actor) {
        this.transactions = transactions;
        this.schema = schema;
        this.fencing = new Fencing(schema);
        this.actor = actor;
    }

    /**
     * What is kept.
     *
     * @param takenAt when, by the server's clock
     * @param actor whose run it was
     * @param picture as {@link SchemaPicture#parse} reads it
     * @param outdated whether a run has worked on the database since, and has not come to taking another
     */
    public record Snapshot(Instant takenAt, String actor, String picture, boolean outdated) {}

    /**
     * Keeps this picture in place of the last one.
     *
     * @throws FencedOffException when another process has taken the lease
     */
    public void keep(Fence fence, SchemaPicture picture) {
        transactions.inTransaction(TransactionSettings.LEDGER, session -> {
            clear(session);
            session.execute(
                    "INSERT INTO " + table() + " (actor, picture) VALUES (?, ?)", actor.toString(), picture.write());
            fencing.check(session, fence);
            return 1;
        });
    }

    /**
     * Forgets the picture that is kept, because the schema is no longer what it shows.
     *
     * @throws FencedOffException when another process has taken the lease
     */
    public void forget(Fence fence) {
        transactions.inTransaction(TransactionSettings.LEDGER, session -> {
            clear(session);
            fencing.check(session, fence);
            return 0;
        });
    }

    /** What is kept; empty when nothing is, in a state schema of an older version too. Reads only. */
    public Optional<Snapshot> newest() {
        return schema.exists() ? transactions.autocommit(this::read) : Optional.empty();
    }

    private Optional<Snapshot> read(Session session) {
        boolean there = session.queryOne(
                        "SELECT to_regclass(?) IS NOT NULL AS there", row -> row.flag("there"), table())
                .orElse(false);
        if (!there) {
            return Optional.empty();
        }
        return session.queryOne(
                "SELECT taken_at, actor, picture, (" + OUTDATED.formatted(schema.quoted()) + ") AS outdated FROM "
                        + table() + " s ORDER BY id DESC LIMIT 1",
                row -> new Snapshot(
                        row.instant("taken_at"), row.string("actor"), row.string("picture"), row.flag("outdated")));
    }

    private void clear(Session session) {
        session.execute("DELETE FROM " + table());
    }

    private String table() {
        return schema.quoted() + ".snapshot";
    }
}
