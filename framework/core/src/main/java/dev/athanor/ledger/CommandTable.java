package dev.athanor.ledger;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.ledger.BackfillTrouble.FailedRange;
import dev.athanor.ledger.Control.Wish;
import dev.athanor.ledger.OperatorLedger.Change;
import dev.athanor.postgres.Session;
import dev.athanor.revision.Phase;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The statements of operators' commands, all of them in the transaction of the command. */
final class CommandTable {
    /** On which running processes listen; the message is {@code STATE_SCHEMA:BACKFILL_ID}. */
    private static final String CHANNEL = "athanor_control";

    private final StateSchema schema;
    private final Actor actor;
    private final Audit audit;

    CommandTable(StateSchema schema, Actor actor) {
        this.schema = schema;
        this.actor = actor;
        this.audit = new Audit(schema, actor);
    }

    /** Commands on one backfill come one after the other. */
    Standing lock(Session session, long backfill) {
        return session.queryOne(
                        "SELECT b.id, b.revision_id, b.name, b.state," + ControlColumns.SELECTED
                                + " (SELECT v.phase FROM " + schema.quoted()
                                + ".revision v WHERE v.id = b.revision_id) AS phase FROM " + schema.quoted()
                                + ".backfill b WHERE b.id = ? FOR UPDATE",
                        row -> new Standing(
                                row.number("id"),
                                row.string("revision_id"),
                                row.string("name"),
                                row.string("state"),
                                phase(row.text("phase")),
                                ControlColumns.read(row)),
                        backfill)
                .orElseThrow(() -> new AthanorException(
                        FailureKind.USAGE,
                        "unknown_backfill",
                        "There is no backfill " + backfill + " any more.",
                        "See: athanor backfill list"));
    }

    private static @Nullable Phase phase(@Nullable String key) {
        return key == null ? null : Phase.valueOf(key.toUpperCase(Locale.ROOT));
    }

    /** Writes what was done, and tells those who listen; the command's id. */
    long write(Session session, Standing standing, Written written) {
        Change change = written.change();
        session.execute(
                "UPDATE " + schema.quoted() + ".backfill SET control_version = control_version + 1 WHERE id = ?",
                standing.id());
        long id = session.queryOne(
                        "INSERT INTO " + schema.quoted()
                                + ".command (backfill_id, verb, old_value, new_value, actor, reason)"
                                + " VALUES (?, ?, ?, ?, ?, nullif(?, '')) RETURNING id",
                        row -> row.number("id"),
                        standing.id(),
                        written.verb(),
                        change.before(),
                        change.after(),
                        actor.toString(),
                        written.reason())
                .orElseThrow();
        audit.record(
                session,
                "backfill_" + written.verb(),
                standing.revision(),
                standing.name() + ": " + change.before() + " -> " + change.after()
                        + (written.reason().isEmpty() ? "" : " (" + written.reason() + ")"));
        session.queryOne("SELECT pg_notify(?, ?)", row -> 1, CHANNEL, schema.name() + ":" + standing.id());
        return id;
    }

    /** A command that had nothing to change. */
    GivenCommand unwritten(Session session, String verb, String reason, Change change) {
        return session.queryOne(
                        "SELECT clock_timestamp() AS now",
                        row -> new GivenCommand(
                                0,
                                verb,
                                change.before(),
                                change.before(),
                                reason,
                                actor.toString(),
                                row.instant("now"),
                                null,
                                null))
                .orElseThrow();
    }

    long retryRanges(Session session, long backfill) {
        return session.execute(
                "UPDATE " + schema.quoted()
                        + ".backfill_range SET state = 'pending', error = NULL, failed_key = NULL, sqlstate = NULL,"
                        + " attempts = 0, updated_at = clock_timestamp() WHERE backfill_id = ? AND state = 'failed'",
                backfill);
    }

    long retryRows(Session session, long backfill) {
        return session.execute(
                "UPDATE " + schema.quoted() + ".quarantine SET retry = true WHERE backfill_id = ?", backfill);
    }

    /** What was done is to be done again in part; its revision's backfill phase with it. */
    void reopen(Session session, String revision, long backfill) {
        session.execute(
                "UPDATE " + schema.quoted() + ".backfill SET state = 'stopped', finished_at = NULL WHERE id = ?",
                backfill);
        session.execute(
                "UPDATE " + schema.quoted() + ".revision SET phase = 'expand', backfilled_at = NULL WHERE id = ?"
                        + " AND phase = 'backfill'",
                revision);
    }

    /** Sets one row aside and moves its range's cursor over it; 1, or 0 when the range does not stand there any more. */
    long skip(Session session, long backfill, FailedRange range) {
        return session.execute(
                "WITH moved AS (UPDATE " + schema.quoted()
                        + ".backfill_range r SET cursor_key = r.failed_key, state = 'pending', error = NULL,"
                        + " failed_key = NULL, sqlstate = NULL, attempts = 0, rows_walked = rows_walked + 1,"
                        + " rows_quarantined = rows_quarantined + 1, updated_at = clock_timestamp() FROM ("
                        + " SELECT range_no, failed_key, sqlstate, error FROM " + schema.quoted()
                        + ".backfill_range WHERE backfill_id = ? AND range_no = ? AND state = 'failed'"
                        + " AND failed_key IS NOT NULL FOR UPDATE) f WHERE r.backfill_id = ? AND r.range_no = f.range_no"
                        + " RETURNING r.range_no, f.failed_key, f.sqlstate, f.error)"
                        + " INSERT INTO " + schema.quoted()
                        + ".quarantine AS q (backfill_id, range_no, row_key, sqlstate, message)"
                        + " SELECT ?, range_no, failed_key, coalesce(sqlstate, ''), coalesce(error, '') FROM moved"
                        + " ON CONFLICT (backfill_id, row_key) DO UPDATE SET sqlstate = excluded.sqlstate,"
                        + " message = excluded.message",
                backfill,
                range.number(),
                backfill,
                backfill);
    }

    /** What a command says of itself. */
    record Written(String verb, String reason, Change change) {}

    /** A backfill under its lock. */
    record Standing(
            long id,
            String revision,
            String name,
            String state,
            @Nullable Phase phase,
            Control control) {

        boolean isDone() {
            return state.equals("done");
        }

        /** Who holds it; empty when nobody does. */
        String held() {
            Wish cancellation = control.cancellation();
            if (cancellation != null) {
                return "cancelled by " + cancellation.by();
            }
            Wish pause = control.pause();
            return pause == null ? "" : "paused by " + pause.by();
        }

        void requireOpen() {
            if (isDone()) {
                throw new AthanorException(
                        FailureKind.REFUSED,
                        "backfill_done",
                        "Backfill " + name + " of revision " + revision + " is done.",
                        "There is nothing to do; see: athanor backfill show " + id);
            }
            requireNotCancelled();
        }

        void requireNotCancelled() {
            Wish cancellation = control.cancellation();
            if (cancellation != null) {
                throw new BackfillHeldException(id, name, revision, cancellation);
            }
        }
    }
}
