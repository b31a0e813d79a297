package dev.athanor.backfill;

import dev.athanor.postgres.ReactiveTransactions;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Databases that backfills read.
 *
 * @param here the one that they write, and in which the ledger is
 * @param others those that copies may read, by the name that a revision calls them by; asked for, on a thread that may
 *     block, when a copy begins or goes on
 */
public record Sources(ReactiveTransactions here, Map<String, Supplier<ReactiveTransactions>> others) {
    public Sources {
        others = Map.copyOf(others);
    }
}
