/**
 * The revision graph: pure, no input or output.
 *
 * <p>Start with {@code RevisionGraph}.
 */
@NullMarked
package dev.athanor.revision;

import org.jspecify.annotations.NullMarked;
