/**
 * A read-only picture of tables, keys and indexes; key shapes.
 *
 * <p>Start with {@code KeyShape}.
 */
@NullMarked
package dev.athanor.catalog;

import org.jspecify.annotations.NullMarked;
