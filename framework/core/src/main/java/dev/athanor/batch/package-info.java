/**
 * The life cycle of a phase as a Spring Batch job; the one place that blocks on a publisher.
 *
 * <p>Start with {@code PhaseJobs}.
 */
@NullMarked
package dev.athanor.batch;

import org.jspecify.annotations.NullMarked;
