package dev.athanor.ledger;

import dev.athanor.postgres.DatabaseException;
import dev.athanor.postgres.Session;
import dev.athanor.postgres.TransactionSettings;
import dev.athanor.postgres.Transactions;
import dev.athanor.sql.SqlStateClass;
import java.time.Duration;
import java.util.Optional;

/**
 * The lease on a database: one row, taken by whoever migrates, expiring by the server's clock unless heartbeats renew
 * it. It holds no server session, so it works through a transaction pooler and outlives a server restart. What makes it
 * safe is not the clock but the {@link Fence}: {@link #check} in the same transaction as the write.
 */
public final class Leases {
    /** The one lease there is. */
    static final String NAME = "migration";
    /** How often the row is looked at while waiting, at most. */
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(1);

    private final Transactions transactions;
    private final StateSchema schema;
    private final LeaseSettings settings;
    private final LeaseTable table;
    private final Fencing fencing;
    private final Audit audit;

    /** Leases of one state schema. */
    public Leases(Transactions transactions, StateSchema schema, LeaseSettings settings) {
        this.transactions = transactions;
        this.schema = schema;
        this.settings = settings;
        this.table = new LeaseTable(schema);
        this.fencing = new Fencing(schema);
        this.audit = new Audit(schema, settings.actor());
    }

    /**
     * Takes the lease, and makes or upgrades the state schema. When another process holds it and lives (its pid, if it
     * is on this host, and a fresh heartbeat), fails at once; else waits until a heartbeat shows that it lives, or until
     * the lease has expired.
     *
     * @param takeover takes the lease at once, whoever holds it
     * @throws LeaseHeldException when the holder lives
     */
    public Lease acquire(boolean takeover, LeaseListener listener) {
        schema.bootstrap();
        Lease lease = new Lease(take(takeover, listener), table, transactions, settings, listener);
        lease.startBeating();
        try {
            schema.upgrade(lease.fence());
            listener.taken(lease.fence());
            return lease;
        } catch (RuntimeException e) {
            lease.close();
            throw e;
        }
    }

    /** Who holds the lease now; empty when nobody does or nothing was ever migrated here. Makes nothing. */
    public Optional<LeaseHolder> holder() {
        return last().filter(holder -> !holder.free());
    }

    /** Who held the lease last, whether or not he still does; empty when nothing was ever migrated here. Makes nothing. */
    public Optional<LeaseHolder> last() {
        return schema.exists() ? transactions.autocommit(table::read) : Optional.empty();
    }

    /**
     * Makes sure that the transaction of this session can only commit while the lease is ours; to be called right
     * before the commit. From here on a take-over waits for the transaction to end.
     *
     * @throws FencedOffException when another process has taken the lease
     */
    public void check(Session session, Fence fence) {
        fencing.check(session, fence);
    }

    private Fence take(boolean takeover, LeaseListener listener) {
        Optional<LeaseHolder> waitingFor = Optional.empty();
        while (true) {
            Optional<LeaseHolder> seen = transactions.autocommit(table::read);
            if (takeover || seen.isEmpty() || seen.get().free()) {
                Optional<Fence> taken = tryTake(takeover, listener);
                if (taken.isPresent()) {
                    return taken.get();
                }
            }
            if (seen.isPresent() && !seen.get().free()) {
                LeaseHolder holder = seen.get();
                if (waitingFor.isEmpty() ? certainlyLives(holder) : hasBeatenSince(waitingFor.get(), holder)) {
                    throw new LeaseHeldException(holder);
                }
                waitingFor = seen;
                listener.waiting(holder, holder.remaining());
                settings.pause().await(look(holder));
            }
        }
    }

    private Optional<Fence> tryTake(boolean takeover, LeaseListener listener) {
        // Who has checked his token keeps the row locked until his commit; no longer than a lease is worth waiting.
        TransactionSettings patience = new TransactionSettings(settings.length(), null, settings.length());
        Optional<LeaseHolder> before;
        Optional<Fence> taken;
        try {
            Attempt attempt = transactions.inTransaction(patience, session -> attempt(session, takeover));
            before = attempt.before();
            taken = attempt.taken();
        } catch (DatabaseException e) {
            if (e.category() == SqlStateClass.LOCK_TIMEOUT) {
                return Optional.empty();
            }
            throw e;
        }
        if (taken.isPresent()) {
            before.filter(holder -> !holder.released()).ifPresent(listener::takenOver);
        }
        return taken;
    }

    private Attempt attempt(Session session, boolean takeover) {
        Optional<LeaseHolder> before = table.lock(session);
        if (before.isPresent() && !before.get().free() && !takeover) {
            return new Attempt(before, Optional.empty());
        }
        long replaced = before.map(LeaseHolder::token).orElse(0L);
        Optional<Fence> taken = table.take(session, settings, replaced);
        if (taken.isPresent() && before.isPresent() && !before.get().released()) {
            audit.record(
                    session, "lease_taken_over", null, "from " + before.get().describe());
        }
        return new Attempt(before, taken);
    }

    private boolean certainlyLives(LeaseHolder holder) {
        return holder.process().host().equals(settings.process().host())
                && holder.process().isAlive()
                && !holder.isSilent();
    }

    private static boolean hasBeatenSince(LeaseHolder before, LeaseHolder now) {
        return now.token() != before.token() || now.heartbeatAt().isAfter(before.heartbeatAt());
    }

    private static Duration look(LeaseHolder holder) {
        Duration look = holder.length().dividedBy(2L * LeaseSettings.BEATS);
        Duration capped = look.compareTo(LONGEST_LOOK) < 0 ? look : LONGEST_LOOK;
        Duration untilExpiry = holder.remaining().plusMillis(1);
        return untilExpiry.compareTo(capped) < 0 ? untilExpiry : capped;
    }

    private record Attempt(Optional<LeaseHolder> before, Optional<Fence> taken) {}
}
