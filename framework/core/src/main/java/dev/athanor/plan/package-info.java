/**
 * From a target to ordered steps that are ready to run.
 *
 * <p>Start with {@link dev.athanor.plan.PhasePlanner}, then {@link dev.athanor.plan.Step}.
 */
@NullMarked
package dev.athanor.plan;

import org.jspecify.annotations.NullMarked;
