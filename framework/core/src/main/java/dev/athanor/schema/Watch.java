package dev.athanor.schema;

import dev.athanor.AthanorException;
import dev.athanor.ledger.RevisionLedger;
import dev.athanor.plan.Step.SchemaStep;
import dev.athanor.postgres.Row;
import dev.athanor.postgres.Session;
import dev.athanor.postgres.Transactions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks, from another connection, at a statement that runs: remembers who blocks it, and ends it when it has waited or
 * run for longer than it may. Time is the server's.
 */
final class Watch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

    /** A few looks within the shortest wait that we set ourselves (LocksFirst, 200 ms), and too seldom to be felt. */
    private static final long LONGEST_INTERVAL_MS = 50;

    private static final long SHORTEST_INTERVAL_MS = 10;
    /** Looks per lock timeout, so that one surely falls into the wait. */
    private static final int LOOKS = 5;

    private static final String SQL = "SELECT a.pid,"
            + " coalesce((SELECT (extract(epoch FROM max(clock_timestamp() - l.waitstart)) * 1000)::bigint"
            + " FROM pg_catalog.pg_locks l WHERE l.pid = a.pid AND NOT l.granted), 0) AS waited,"
            + " coalesce((extract(epoch FROM clock_timestamp() - a.query_start) * 1000)::bigint, 0) AS running,"
            + " blocking.pid IS NOT NULL AS blocked, coalesce(blocking.pid, 0) AS blocker,"
            + " coalesce(b.application_name, '') AS application, coalesce(b.state, '') AS state,"
            + " coalesce(b.query, '') AS query, coalesce(b.usename, '')::text AS role,"
            + " coalesce(extract(epoch FROM clock_timestamp() - b.xact_start)::bigint, 0) AS open"
            + " FROM pg_catalog.pg_stat_activity a LEFT JOIN LATERAL unnest(CASE WHEN a.wait_event_type = 'Lock'"
            + " THEN pg_blocking_pids(a.pid) END) AS blocking (pid) ON true"
            + " LEFT JOIN pg_catalog.pg_stat_activity b ON b.pid = blocking.pid"
            + " WHERE a.state = 'active' AND a.datname = current_database() AND ";

    private final Transactions transactions;
    private final Target target;
    private final Limits limits;
    private final BlockerEnder ender;
    private Duration lockTimeout;
    private final ScheduledFuture<?> looking;
    private List<Blocker> blockers = List.of();
    private @Nullable Limit exceeded;
    private boolean closed;

    /** @param lockTimeout the one in force, whoever enforces it; says how often to look */
    Watch(Means means, Target target, Limits limits, Duration lockTimeout) {
        this.transactions = means.transactions();
        this.ender = means.ender();
        this.target = target;
        this.limits = limits;
        this.lockTimeout = lockTimeout;
        long interval = Math.max(SHORTEST_INTERVAL_MS, Math.min(LONGEST_INTERVAL_MS, lockTimeout.toMillis() / LOOKS));
        this.looking = means.watching().scheduleWithFixedDelay(this::look, interval, interval, TimeUnit.MILLISECONDS);
    }

    /** Another lock timeout is in force from now on. */
    synchronized void waits(Duration longest) {
        lockTimeout = longest;
    }

    /** Who was last seen in the way. */
    synchronized List<Blocker> blockers() {
        return blockers;
    }

    /** Which limit made us end the statement; null when none did. */
    synchronized @Nullable Limit exceeded() {
        return exceeded;
    }

    /** Stops looking. A look that goes on is waited for, so that no late cancellation hits the next statement. */
    @Override
    public void close() {
        looking.cancel(false);
        synchronized (this) {
            closed = true;
        }
    }

    private synchronized void look() {
        if (closed || exceeded != null) {
            return;
        }
        try {
            List<Look> looks = target.ours(transactions.autocommit(session -> session.query(
                    SQL + target.condition(), Watch::read, target.parameters().toArray())));
            List<Blocker> seen =
                    looks.stream().map(Look::blocker).filter(Objects::nonNull).toList();
            if (!seen.isEmpty()) {
                blockers = seen;
            }
            looks.stream().findFirst().ifPresent(this::act);
        } catch (AthanorException e) {
            LOG.debug("Could not look who blocks a statement", e);
        }
    }

    private void act(Look look) {
        endIfTooLong(look);
        if (exceeded == null && look.waited() > 0) {
            ender.look(look.pid(), look.waited(), lockTimeout);
        }
    }

    private void endIfTooLong(Look look) {
        Limit over = limits.over(look.waited(), look.running());
        if (over != null) {
            exceeded = over;
            target.session().cancel();
        }
    }

    private static Look read(Row row) {
        Blocker blocker = row.flag("blocked")
                ? new Blocker(
                        row.number("blocker"),
                        row.string("role"),
                        row.string("application"),
                        row.string("state"),
                        row.string("query"),
                        row.number("open"))
                : null;
        return new Look(row.number("pid"), row.number("waited"), row.number("running"), blocker);
    }

    /** What it takes to watch. */
    record Means(Transactions transactions, ScheduledExecutorService watching, BlockerEnder ender) {
        static Means of(Transactions transactions, RevisionLedger ledger, SchemaSettings settings, Told told) {
            return new Means(
                    transactions,
                    settings.watching(),
                    new BlockerEnder(transactions, ledger, settings.blockers(), told.step(), told.listener()));
        }
    }

    /** Who is told of what happens to which step. */
    record Told(SchemaStep step, SchemaListener listener) {}

    /** What ended a statement. */
    enum Limit {
        LOCK,
        STATEMENT
    }

    /** Limits that we enforce ourselves; null: none, or the server does. */
    record Limits(@Nullable Duration lock, @Nullable Duration statement) {
        /** The server keeps the limits; only a section that has SET its own lock timeout to none meets this one. */
        static final Limits OF_SERVER = new Limits(LockProfile.LONGEST_WAIT, null);

        @Nullable
        Limit over(long waitedMillis, long runningMillis) {
            if (lock != null && waitedMillis > lock.toMillis()) {
                return Limit.LOCK;
            }
            return statement != null && runningMillis > statement.toMillis() ? Limit.STATEMENT : null;
        }
    }

    /**
     * Whose statement is watched.
     *
     * @param pid of the server process that the session had last
     */
    record Target(Session session, long pid, String condition, List<Object> parameters) {
        /** As much as is surely kept of a statement's text, and enough to tell it. */
        private static final int PREFIX = 200;

        static Target transaction(Session session) {
            long pid = session.queryOne("SELECT pg_backend_pid() AS pid", row -> row.number("pid"))
                    .orElseThrow();
            return new Target(session, pid, "a.pid = ?", List.of(pid));
        }

        /**
         * Outside a transaction a pooler may give each statement another server process, so the text tells it, and that it
         * begins after this.
         */
        static Target statement(Session session, String sql) {
            Now now = session.queryOne(
                            "SELECT pg_backend_pid() AS pid,"
                                    + " (extract(epoch FROM clock_timestamp()) * 1000000)::bigint AS micros",
                            row -> new Now(row.number("pid"), row.number("micros")))
                    .orElseThrow();
            String prefix =
                    sql.substring(0, sql.offsetByCodePoints(0, Math.min(PREFIX, sql.codePointCount(0, sql.length()))));
            return new Target(
                    session,
                    now.pid(),
                    "a.usename = session_user AND a.pid <> pg_backend_pid()"
                            + " AND (extract(epoch FROM a.query_start) * 1000000)::bigint >= ? AND left(a.query, "
                            + PREFIX + ") = ?",
                    List.of(now.micros(), prefix));
        }

        /** What was seen of our statement; nothing while others run the same text, and which is ours cannot be told. */
        private List<Look> ours(List<Look> looks) {
            List<Look> own = looks.stream().filter(look -> look.pid() == pid).toList();
            boolean one = looks.stream().mapToLong(Look::pid).distinct().count() == 1;
            return own.isEmpty() && one ? looks : own;
        }
    }

    private record Now(long pid, long micros) {}

    private record Look(
            long pid, long waited, long running, @Nullable Blocker blocker) {}
}
