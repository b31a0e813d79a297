/**
 * What was measured, and what can be said of it: medians, spread, ratios, noise, targets.
 */
@NullMarked
package dev.athanor.benchmark.result;

import org.jspecify.annotations.NullMarked;
