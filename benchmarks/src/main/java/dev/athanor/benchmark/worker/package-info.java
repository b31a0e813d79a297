/**
 * The JVMs in which subjects run, each with a small heap of its own, driven line by line over their standard input.
 */
@NullMarked
package dev.athanor.benchmark.worker;

import org.jspecify.annotations.NullMarked;
