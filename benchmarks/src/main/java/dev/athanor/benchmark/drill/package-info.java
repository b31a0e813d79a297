/**
 * What is measured by the clock and not in rows a second: starting, planning, whole upgrades, recovery, and what an application feels.
 */
@NullMarked
package dev.athanor.benchmark.drill;

import org.jspecify.annotations.NullMarked;
