/**
 * When the next chunk may begin and how large it may be.
 *
 * <p>Start with {@link dev.athanor.throttle.WorkBudget}.
 */
@NullMarked
package dev.athanor.throttle;

import org.jspecify.annotations.NullMarked;
