/**
 * Durable truth in the state schema: revisions, ranges, chunk records, leases and fencing, audit.
 *
 * <p>Start with {@code StateSchema}.
 */
@NullMarked
package dev.athanor.ledger;

import org.jspecify.annotations.NullMarked;
