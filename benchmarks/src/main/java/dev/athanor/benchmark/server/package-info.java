/**
 * The PostgreSQL that is measured: one of our own, durable, or a given one; and what is to be known of it.
 */
@NullMarked
package dev.athanor.benchmark.server;

import org.jspecify.annotations.NullMarked;
