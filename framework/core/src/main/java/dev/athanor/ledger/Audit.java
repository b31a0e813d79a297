package dev.athanor.ledger;

import dev.athanor.postgres.Session;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Audit events: who did what, when, to which revision. Written in the transaction of what they tell. */
public final class Audit {
    private final String table;
    private final Actor actor;

    /** Events of this actor. */
    public Audit(StateSchema schema, Actor actor) {
        this.table = schema.quoted() + ".event";
        this.actor = actor;
    }

    /**
     * Writes an event.
     *
     * @param kind stable name in lower snake case
     * @param revision id, or null when it concerns none
     */
    public void record(Session session, String kind, @Nullable String revision, String detail) {
        session.execute(
                "INSERT INTO " + table + " (actor, host, kind, revision_id, detail) VALUES (?, ?, ?, ?, ?)",
                actor.name(),
                actor.host(),
                kind,
                revision,
                detail);
    }

    /** The newest events, newest first. */
    public List<AuditEvent> newest(Session session, int limit) {
        return session.query(
                "SELECT at, actor, host, kind, revision_id, detail FROM " + table + " ORDER BY id DESC LIMIT ?",
                row -> new AuditEvent(
                        row.instant("at"),
                        new Actor(row.string("actor"), row.string("host")),
                        row.string("kind"),
                        row.text("revision_id"),
                        row.string("detail")),
                limit);
    }
}
