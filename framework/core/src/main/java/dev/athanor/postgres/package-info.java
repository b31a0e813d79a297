/**
 * The one door to the server: addresses, sessions, transactions, lock waits. No other package imports a driver.
 *
 * <p>Start with {@code Database}.
 */
@NullMarked
package dev.athanor.postgres;

import org.jspecify.annotations.NullMarked;
