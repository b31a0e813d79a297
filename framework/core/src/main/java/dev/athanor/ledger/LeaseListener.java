package dev.athanor.ledger;

import java.time.Duration;

/**
 * What happens to a lease. Calls come from the thread that acquires, {@link #renewed} and {@link #lost} from the one that
 * beats.
 */
public interface LeaseListener {

    /** Nobody wants to know. */
    LeaseListener NONE = new LeaseListener() {};

    /** The holder gives no sign of life; we wait for its lease to expire. Called again about once a second. */
    default void waiting(LeaseHolder holder, Duration remaining) {}

    /** The lease was taken from a holder that had not released it. */
    default void takenOver(LeaseHolder previous) {}

    /** The lease is ours. */
    default void taken(Fence ours) {}

    /** A heartbeat has prolonged our lease. */
    default void renewed(Fence ours) {}

    /** Another process has taken our lease; nothing we write from here on will be committed. */
    default void lost(Fence ours) {}
}
