/**
 * Schema steps: each section one transaction with its ledger row in the same commit, or statement by statement.
 *
 * <p>Start with {@code SchemaExecutor}.
 */
@NullMarked
package dev.athanor.schema;

import org.jspecify.annotations.NullMarked;
