/**
 * What every other package may use: {@link dev.athanor.AthanorException}, the one shape in which a failure reaches a
 * user, and {@link dev.athanor.FailureKind}, which fixes the exit code.
 *
 * <p>To read the library, follow a migration: {@code source} reads it, {@code plan} orders it, {@code run} drives it.
 */
@NullMarked
package dev.athanor;

import org.jspecify.annotations.NullMarked;
