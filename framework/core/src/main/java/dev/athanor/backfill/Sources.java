package dev.athanor.backfill;

import dev.athanor.postgres.ReactiveTransactions;
import java.util.Map;

/**
 * Databases that backfills read.
 *
 * @param here the one that they write, and in which the ledger is
 * @param others those that copies may read, by the name that a revision calls them by
 */
public record Sources(ReactiveTransactions here, Map<String, ReactiveTransactions> others) {
    public Sources {
        others = Map.copyOf(others);
    }
}
