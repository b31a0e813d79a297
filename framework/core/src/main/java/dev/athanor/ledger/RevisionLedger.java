package dev.athanor.ledger;

import dev.athanor.postgres.Row;
import dev.athanor.postgres.Session;
import dev.athanor.postgres.TransactionSettings;
import dev.athanor.postgres.Transactions;
import dev.athanor.revision.Phase;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The rows of revisions and their sections. Methods with a session work in the caller's transaction; the others have
 * one of their own. Reading works, and finds nothing, when no state schema has been made yet.
 */
public final class RevisionLedger {
    private final Transactions transactions;
    private final StateSchema schema;
    private final Fencing fencing;
    private final Actor actor;
    private final Audit audit;
    private final SectionTable sections;

    /** The ledger in a state schema, written by this actor. */
    public RevisionLedger(Transactions transactions, StateSchema schema, Actor actor) {
        this.transactions = transactions;
        this.schema = schema;
        this.fencing = new Fencing(schema);
        this.actor = actor;
        this.audit = new Audit(schema, actor);
        this.sections = new SectionTable(schema);
    }

    /** Writes an event of {@link Audit} to the transaction of the session. */
    public void event(Session session, String kind, String revision, String detail) {
        audit.record(session, kind, revision, detail);
    }

    /** All revisions that were ever begun and not undone, in the order in which they were begun. */
    public List<RevisionState> revisions() {
        return schema.exists() ? transactions.autocommit(session -> select(session, "")) : List.of();
    }

    /** One revision; empty when it was never begun. */
    public Optional<RevisionState> revision(String id) {
        return schema.exists() ? transactions.autocommit(session -> find(session, id)) : Optional.empty();
    }

    private Optional<RevisionState> find(Session session, String id) {
        return select(session, " WHERE id = ?", id).stream().findFirst();
    }

    private List<RevisionState> select(Session session, String where, Object... parameters) {
        return session.query(
                // a state schema of an older version has no columns undoing and stamped yet, and is only read here
                "SELECT id, application, phase, checksum, actor, started_at, expanded_at, backfilled_at, applied_at,"
                        + " coalesce((to_jsonb(r) ->> 'undoing')::boolean, false) AS undoing,"
                        + " coalesce((to_jsonb(r) ->> 'stamped')::boolean, false) AS stamped FROM "
                        + table() + " r" + where + " ORDER BY application",
                RevisionLedger::state,
                parameters);
    }

    /**
     * Makes sure that there is a row for a revision that is about to run. Until it is applied, the row takes
     * over the checksum as it is now: whoever mends a revision that failed has changed it on purpose, and the caller has
     * seen to it that nothing was changed that is done.
     *
     * @return the row as it is afterwards
     */
    public RevisionState begin(Fence fence, String id, String checksum) {
        return transactions.inTransaction(TransactionSettings.LEDGER, session -> {
            boolean first = find(session, id).isEmpty();
            session.execute(
                    "INSERT INTO " + table() + " AS r (id, checksum, actor) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE"
                            + " SET checksum = excluded.checksum WHERE r.phase IS DISTINCT FROM 'contract'",
                    id,
                    checksum,
                    actor.toString());
            if (first) {
                audit.record(session, "revision_begun", id, "checksum " + checksum);
            }
            fencing.check(session, fence);
            return find(session, id).orElseThrow();
        });
    }

    /** Records that a phase is done. Done again it changes nothing. */
    public void finishPhase(Fence fence, String id, Phase phase) {
        String column = switch (phase) {
            case EXPAND -> "expanded_at";
            case BACKFILL -> "backfilled_at";
            case CONTRACT -> "applied_at";
        };
        transactions.inTransaction(TransactionSettings.LEDGER, session -> {
            long changed = session.execute(
                    "UPDATE " + table() + " SET phase = ?, " + column + " = clock_timestamp() WHERE id = ? AND "
                            + column + " IS NULL",
                    phase.key(),
                    id);
            if (changed > 0) {
                audit.record(session, "phase_finished", id, phase.key());
            }
            fencing.check(session, fence);
            return changed;
        });
    }

    /** Records that a revision is going to be undone. Until it is gone or begun anew it does not count as applied. */
    public void beginUndo(Fence fence, String id) {
        transactions.inTransaction(TransactionSettings.LEDGER, session -> {
            long changed =
                    session.execute("UPDATE " + table() + " SET undoing = true WHERE id = ? AND NOT undoing", id);
            if (changed > 0) {
                audit.record(session, "undo_begun", id, "");
            }
            fencing.check(session, fence);
            return changed;
        });
    }

    /**
     * Records that a phase is undone: what the ledger knows of its sections is forgotten with it. After expand the whole
     * revision is forgotten.
     *
     * @param sections ordinals of the phase's sections, undo sections included
     */
    public void undoPhase(Fence fence, String id, Phase phase, List<Integer> sections) {
        transactions.inTransaction(TransactionSettings.LEDGER, session -> {
            this.sections.forget(session, id, sections);
            if (phase == Phase.EXPAND) {
                session.execute("DELETE FROM " + table() + " WHERE id = ?", id);
            } else {
                Phase before = Phase.values()[phase.ordinal() - 1];
                session.execute(
                        "UPDATE " + table() + " SET applied_at = NULL, backfilled_at = CASE WHEN ? THEN NULL ELSE"
                                + " backfilled_at END, phase = CASE WHEN phase = ? THEN ? ELSE phase END"
                                + " WHERE id = ?",
                        phase == Phase.BACKFILL,
                        phase.key(),
                        before.key(),
                        id);
            }
            audit.record(session, "phase_undone", id, phase.key());
            fencing.check(session, fence);
            return phase;
        });
    }

    /**
     * Sets what is applied, without running anything, in one transaction.
     *
     * @param applied ids with their checksums, oldest first, that are to be applied from now on
     * @param forgotten ids that the ledger is to know no more
     */
    public void stamp(Fence fence, Map<String, String> applied, Collection<String> forgotten) {
        transactions.inTransaction(TransactionSettings.LEDGER, session -> {
            for (String id : forgotten) {
                sections.forgetChunks(session, id);
                session.execute("DELETE FROM " + table() + " WHERE id = ?", id);
                audit.record(session, "revision_unstamped", id, "");
            }
            applied.forEach((id, checksum) -> {
                session.execute(
                        "INSERT INTO " + table()
                                + " (id, phase, checksum, actor, expanded_at, backfilled_at, applied_at,"
                                + " stamped) VALUES (?, 'contract', ?, ?, now(), now(), now(), true)",
                        id,
                        checksum,
                        actor.toString());
                audit.record(session, "revision_stamped", id, "checksum " + checksum);
            });
            fencing.check(session, fence);
            return applied.size();
        });
    }

    /** How far the sections of a revision have come; those that were never touched are missing. */
    public List<SectionState> sections(String revision) {
        return schema.exists() ? transactions.autocommit(session -> sections.read(session, revision)) : List.of();
    }

    /** How far a section has come. */
    public SectionState section(Session session, String revision, int ordinal) {
        return sections.read(session, revision).stream()
                .filter(section -> section.ordinal() == ordinal)
                .findFirst()
                .orElse(SectionState.untouched(ordinal));
    }

    /**
     * Writes how far a section has come, in the transaction of what it tells, and checks the fence.
     *
     * @throws FencedOffException when another process has taken the lease
     */
    public void write(Session session, Fence fence, String revision, SectionState section) {
        sections.write(session, revision, section);
        fencing.check(session, fence);
    }

    /** How far the backfills of a revision have come, in file order; those never begun are missing. */
    public List<BackfillState> backfills(String revision) {
        return schema.exists() ? transactions.autocommit(session -> sections.backfills(session, revision)) : List.of();
    }

    private String table() {
        return schema.quoted() + ".revision";
    }

    private static RevisionState state(Row row) {
        String phase = row.text("phase");
        return new RevisionState(
                row.string("id"),
                row.number("application"),
                phase == null ? null : Phase.valueOf(phase.toUpperCase(Locale.ROOT)),
                row.string("checksum"),
                row.string("actor"),
                row.instant("started_at"),
                row.time("expanded_at"),
                row.time("backfilled_at"),
                row.time("applied_at"),
                row.flag("undoing"),
                row.flag("stamped"));
    }
}
