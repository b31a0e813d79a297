/**
 * The table that all ways of changing it find anew, in the same state, before every measurement; what a measurement cost it.
 */
@NullMarked
package dev.athanor.benchmark.table;

import org.jspecify.annotations.NullMarked;
