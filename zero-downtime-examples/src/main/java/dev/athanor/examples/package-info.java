/** Zero-downtime migrations under a live application; start with {@link dev.athanor.examples.Main}. */
@NullMarked
package dev.athanor.examples;

import org.jspecify.annotations.NullMarked;
