/**
 * Verification queries: the gate between backfill and contract.
 *
 * <p>Start with {@code Verifier}.
 */
@NullMarked
package dev.athanor.verify;

import org.jspecify.annotations.NullMarked;
