package dev.athanor.postgres;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Settings that hold for one transaction ({@code SET LOCAL}), so that they mean the same behind a transaction pooler.
 *
 * @param lockTimeout longest wait for one lock; null: the server's
 * @param statementTimeout longest run of one statement; null: the server's
 * @param idleTimeout longest silence of the client inside the transaction, after which the server ends it; this is what
 *     frees the locks of a process that was paused or cut off; null: the server's
 * @param quiets the sync trigger that does not fire for what the transaction changes; null: none
 */
public record TransactionSettings(
        @Nullable Duration lockTimeout,
        @Nullable Duration statementTimeout,
        @Nullable Duration idleTimeout,
        @Nullable String quiets) {

    /** Timeouts alone. */
    public TransactionSettings(
            @Nullable Duration lockTimeout, @Nullable Duration statementTimeout, @Nullable Duration idleTimeout) {
        this(lockTimeout, statementTimeout, idleTimeout, null);
    }

    /**
     * For the short transactions of the ledger, which lock rows that others need: a process that is frozen in the middle
     * of one is ended by the server after as long as the default lease lives.
     */
    public static final TransactionSettings LEDGER = new TransactionSettings(null, null, Duration.ofSeconds(15));

    /** The server's own settings. */
    public static final TransactionSettings SERVER_DEFAULTS = new TransactionSettings(null, null, null);
}
