/**
 * The revision graph: pure, no input or output.
 *
 * <p>Start with {@link dev.athanor.revision.RevisionGraph}; {@link dev.athanor.revision.AppliedState} says what a database has,
 * {@link dev.athanor.revision.RevisionPlan} what is to be done. Then read {@code Symbols}, which reads targets, {@code Edges},
 * which walks the graph, and the planner of a command.
 */
@NullMarked
package dev.athanor.revision;

import org.jspecify.annotations.NullMarked;
