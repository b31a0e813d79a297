/**
 * Typed schema operations: one record a file, each of which knows what it does in expand, backfill and contract, how it is
 * verified and how it is taken back.
 *
 * <p>Start with {@link dev.athanor.operation.Operation}; {@link dev.athanor.operation.Operations} makes them in Java,
 * {@link dev.athanor.operation.OperationForm} reads them from directives. What comes out is {@link
 * dev.athanor.operation.Part}: the sections that somebody who writes SQL by hand would write. Read {@link
 * dev.athanor.operation.RenameColumn} with {@code SyncTrigger} for one that spans all phases.
 *
 * <p>What undo needs to know and only the server knows (the default so far, what an index was) is told by the directive, so
 * that a revision is the same text everywhere and can be read before it is run. Where it is not told, the operation runs in
 * contract and says that it is irreversible; where something would be lost unnoticed, {@code Guard} ends the run before
 * anything is changed.
 */
@NullMarked
package dev.athanor.operation;

import org.jspecify.annotations.NullMarked;
