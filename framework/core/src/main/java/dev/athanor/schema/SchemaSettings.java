package dev.athanor.schema;

import dev.athanor.ledger.LeaseSettings;
import dev.athanor.postgres.Pause;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;

/**
 * How schema steps run when their directives say nothing.
 *
 * @param lockTimeout longest wait for one lock of what blocks others meanwhile ({@link LockProfile#BLOCKING})
 * @param retries how often a section is tried again after a lock timeout, a deadlock or a lost connection
 * @param idleTimeout how long the server lets the client be silent inside a transaction
 * @param oldTransaction how long a transaction must be open for a concurrent build not to begin while it is
 * @param blockers whom to end when a statement has waited for him
 * @param backoff pauses between tries
 * @param pause for waiting
 * @param watching runs the watcher that looks who blocks a statement
 */
public record SchemaSettings(
        Duration lockTimeout,
        int retries,
        Duration idleTimeout,
        Duration oldTransaction,
        BlockerPolicy blockers,
        Backoff backoff,
        Pause pause,
        ScheduledExecutorService watching) {

    /**
     * While a statement waits for its lock, every later query on that table waits behind it, reads included. Two seconds
     * is what an application with the usual timeouts survives; then the queue is let through and the section comes back.
     */
    public static final Duration DEFAULT_LOCK_TIMEOUT = Duration.ofSeconds(2);

    /** With {@link Backoff#DEFAULT} about half a minute of tries. */
    public static final int DEFAULT_RETRIES = 10;

    /**
     * Whoever has been at it for less will mostly be done before the build has read its table; whoever has been for longer
     * may be for hours.
     */
    public static final Duration DEFAULT_OLD_TRANSACTION = Duration.ofMinutes(1);

    /** The defaults. A process that was paused for longer than its lease loses its locks. */
    public static SchemaSettings defaults(ScheduledExecutorService watching) {
        return new SchemaSettings(
                DEFAULT_LOCK_TIMEOUT,
                DEFAULT_RETRIES,
                LeaseSettings.DEFAULT_LENGTH,
                DEFAULT_OLD_TRANSACTION,
                BlockerPolicy.NONE,
                Backoff.DEFAULT,
                Pause.real(),
                watching);
    }
}
