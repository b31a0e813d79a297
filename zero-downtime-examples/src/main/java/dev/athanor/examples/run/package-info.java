/** Runs a scenario: the instances, the migration, what is measured and what is told of it. */
@NullMarked
package dev.athanor.examples.run;

import org.jspecify.annotations.NullMarked;
