/**
 * Measurements against a real PostgreSQL with durable settings.
 *
 * <p>Start with {@link dev.athanor.benchmarks.BackfillVersusUpdate}.
 */
@NullMarked
package dev.athanor.benchmarks;

import org.jspecify.annotations.NullMarked;
