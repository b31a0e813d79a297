package dev.athanor.schema;

import dev.athanor.ledger.RevisionLedger;
import dev.athanor.plan.Step.SchemaStep;
import dev.athanor.postgres.DatabaseException;
import dev.athanor.postgres.Row;
import dev.athanor.postgres.Session;
import dev.athanor.postgres.TransactionSettings;
import dev.athanor.postgres.Transactions;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Ends the sessions that the {@link BlockerPolicy} names when one of our statements has waited for what they hold; each is
 * cancelled once and terminated once. Those who only queue in front of us are left alone. What is done stands in the audit
 * of the ledger.
 */
final class BlockerEnder {
    /** An eighth of the lock timeout: most who hold a lock let it go by themselves before, and enough of it is left after. */
    private static final int SHARE = 8;
    /** A concurrent build may wait for half an hour; nobody who is to be ended is given more than this. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /**
     * What our role may not see of a session is null, and stays out of the way of the names. The text is what the server
     * itself shows of a vacuum against wraparound; the age tells it as well.
     */
    private static final String SQL = """
            WITH waiting AS (SELECT * FROM pg_catalog.pg_locks WHERE pid = ?::int AND NOT granted)
            SELECT DISTINCT a.pid, coalesce((extract(epoch FROM a.backend_start) * 1000000)::bigint, 0) AS began,
                   coalesce(a.usename, '')::text AS role, coalesce(a.application_name, '') AS application,
                   coalesce(a.state, '') AS state, coalesce(a.query, '') AS query,
                   coalesce(extract(epoch FROM clock_timestamp() - a.xact_start)::bigint, 0) AS open,
                   coalesce(a.backend_type = 'autovacuum worker', false) AS autovacuum
              FROM waiting w JOIN pg_catalog.pg_locks l ON l.granted
               AND (l.locktype, l.database, l.relation, l.page, l.tuple, l.virtualxid, l.transactionid, l.classid, l.objid, l.objsubid)
                   IS NOT DISTINCT FROM
                   (w.locktype, w.database, w.relation, w.page, w.tuple, w.virtualxid, w.transactionid, w.classid, w.objid, w.objsubid)
              JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
              LEFT JOIN pg_catalog.pg_class c ON c.oid = w.relation
             WHERE a.pid <> w.pid AND a.pid = ANY (pg_blocking_pids(w.pid))
               AND (coalesce(a.backend_type, 'client backend') = 'client backend' AND a.usename = ANY (?::text[])
                    OR ? AND a.backend_type = 'autovacuum worker' AND a.query LIKE 'autovacuum: %'
                       AND position('to prevent wraparound' IN a.query) = 0 AND c.relfrozenxid <> '0'
                       AND age(c.relfrozenxid) < current_setting('autovacuum_freeze_max_age')::bigint
                       AND mxid_age(c.relminmxid) < current_setting('autovacuum_multixact_freeze_max_age')::bigint)
            """;

    private final Transactions transactions;
    private final RevisionLedger ledger;
    private final BlockerPolicy policy;
    private final SchemaStep step;
    private final SchemaListener listener;
    private final Set<Done> done = new HashSet<>();

    BlockerEnder(
            Transactions transactions,
            RevisionLedger ledger,
            BlockerPolicy policy,
            SchemaStep step,
            SchemaListener listener) {
        this.transactions = transactions;
        this.ledger = ledger;
        this.policy = policy;
        this.step = step;
        this.listener = listener;
    }

    /** Ends those in the way of this process of the server, when it has waited for long enough. */
    void look(long pid, long waitedMillis, Duration lockTimeout) {
        long enough = Math.min(lockTimeout.toMillis() / SHARE, LONGEST.toMillis());
        if (policy.isNone() || waitedMillis < Math.max(1, enough)) {
            return;
        }
        List<Held> holders = transactions.autocommit(session ->
                session.query(SQL, BlockerEnder::held, pid, List.copyOf(policy.roles()), policy.autovacuum()));
        holders.forEach(held -> end(pid, held));
    }

    private static Held held(Row row) {
        return new Held(
                new Blocker(
                        row.number("pid"),
                        row.string("role"),
                        row.string("application"),
                        row.string("state"),
                        row.string("query"),
                        row.number("open")),
                row.number("began"),
                row.flag("autovacuum"));
    }

    private void end(long pid, Held held) {
        boolean idle = held.blocker().state().startsWith("idle in transaction");
        if (!done.add(new Done(held.blocker().pid(), held.began(), idle))) {
            return;
        }
        String means = idle ? "terminated" : "cancelled";
        try {
            boolean ended = transactions.inTransaction(TransactionSettings.LEDGER, session -> {
                boolean sent = isSent(session, pid, held, idle);
                if (sent) {
                    String kind = (held.autovacuum() ? "autovacuum_" : "blocker_") + means;
                    ledger.event(
                            session,
                            kind,
                            step.revision(),
                            step.name() + ": " + held.blocker().describe());
                }
                return sent;
            });
            if (ended) {
                listener.blockerEnded(step, held.blocker(), means);
            }
        } catch (DatabaseException e) {
            listener.blockerSpared(step, held.blocker(), String.valueOf(e.getMessage()));
        }
    }

    /** The process may be gone, or no longer in the way, since it was seen. */
    private static boolean isSent(Session session, long pid, Held held, boolean idle) {
        String function = idle ? "pg_terminate_backend" : "pg_cancel_backend";
        return session.query(
                        "SELECT " + function + "(a.pid) AS sent FROM pg_catalog.pg_stat_activity a WHERE a.pid = ?"
                                + " AND coalesce((extract(epoch FROM a.backend_start) * 1000000)::bigint, 0) = ?"
                                + " AND a.pid = ANY (pg_blocking_pids(?::int))",
                        row -> row.flag("sent"),
                        held.blocker().pid(),
                        held.began(),
                        pid)
                .contains(true);
    }

    private record Held(Blocker blocker, long began, boolean autovacuum) {}

    private record Done(long pid, long began, boolean terminated) {}
}
