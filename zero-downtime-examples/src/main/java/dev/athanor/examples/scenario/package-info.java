/** The scenarios: each an old and a new version of an application. */
@NullMarked
package dev.athanor.examples.scenario;

import org.jspecify.annotations.NullMarked;
