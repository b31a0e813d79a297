/**
 * The reactive chunk engine.
 *
 * <p>Start with {@code BackfillEngine}.
 */
@NullMarked
package dev.athanor.backfill;

import org.jspecify.annotations.NullMarked;
