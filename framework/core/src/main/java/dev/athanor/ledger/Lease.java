package dev.athanor.ledger;

import dev.athanor.AthanorException;
import dev.athanor.postgres.Transactions;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A held lease, kept alive by heartbeats until it is closed. While the server is down it stays ours: what counts is that
 * nobody else took it.
 */
public final class Lease implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

    private final Fence fence;
    private final LeaseTable table;
    private final Transactions transactions;
    private final LeaseSettings settings;
    private final LeaseListener listener;
    private final AtomicBoolean lost = new AtomicBoolean();
    private volatile @Nullable ScheduledFuture<?> beating;

    Lease(Fence fence, LeaseTable table, Transactions transactions, LeaseSettings settings, LeaseListener listener) {
        this.fence = fence;
        this.table = table;
        this.transactions = transactions;
        this.settings = settings;
        this.listener = listener;
    }

    void startBeating() {
        long beat = settings.beat().toMillis();
        beating = settings.heartbeats().scheduleWithFixedDelay(this::beat, beat, beat, TimeUnit.MILLISECONDS);
    }

    /** The token to show with everything that is written. */
    public Fence fence() {
        return fence;
    }

    /** Whether another process has taken it. */
    public boolean isLost() {
        return lost.get();
    }

    /** Asks the server whether it is still ours, and prolongs it then. Counts as ours while the server is away. */
    public boolean isLostNow() {
        if (!isLost()) {
            beat();
        }
        return isLost();
    }

    /** Gives the lease back, so that the next process need not wait. A server that is away is no error here. */
    @Override
    public void close() {
        stopBeating();
        if (isLost()) {
            return;
        }
        try {
            transactions.autocommit(session -> {
                table.release(session, fence);
                return fence;
            });
        } catch (AthanorException e) {
            LOG.debug("Lease not released; it will expire", e);
        }
    }

    /** One heartbeat. */
    void beat() {
        try {
            boolean ours = transactions.autocommit(session -> table.beat(session, fence, settings.length()));
            if (ours) {
                tellRenewed();
            } else if (lost.compareAndSet(false, true)) {
                stopBeating();
                listener.lost(fence);
            }
        } catch (AthanorException e) {
            LOG.debug("Heartbeat failed; the next one is tried in {}", settings.beat(), e);
        }
    }

    /** Whoever hears it must not be able to end the heartbeats. */
    private void tellRenewed() {
        try {
            listener.renewed(fence);
        } catch (RuntimeException e) {
            LOG.warn("A listener failed at a heartbeat", e);
        }
    }

    private void stopBeating() {
        ScheduledFuture<?> running = beating;
        if (running != null) {
            running.cancel(false);
        }
    }
}
