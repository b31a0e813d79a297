/**
 * JMH benchmarks of the pure parts. Those of package-private classes stand in the packages of these.
 */
@NullMarked
package dev.athanor.benchmark.micro;

import org.jspecify.annotations.NullMarked;
