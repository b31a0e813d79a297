/**
 * Typed schema operations: one record a file, each of which knows what it does in expand, backfill and contract, how it is
 * verified and how it is taken back.
 *
 * <p>Start with {@link dev.athanor.operation.Operation}; {@link dev.athanor.operation.Operations} makes them in Java,
 * {@link dev.athanor.operation.OperationForm} reads them from directives. What comes out is {@link
 * dev.athanor.operation.Part}: the sections that somebody who writes SQL by hand would write. Read {@link
 * dev.athanor.operation.RenameColumn} with {@code SyncTrigger} for one that spans all phases.
 */
@NullMarked
package dev.athanor.operation;

import org.jspecify.annotations.NullMarked;
