package dev.athanor.ledger;

/**
 * The fencing token of a held lease. Every lease that is taken gets a higher one; whoever writes shows his token and
 * writes nothing when a newer one is known.
 *
 * @param token grows with every owner
 */
public record Fence(long token) {}
