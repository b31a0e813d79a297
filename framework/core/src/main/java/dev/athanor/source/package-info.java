/**
 * Revision files to revisions with their phases.
 *
 * <p>Start with {@link dev.athanor.source.RevisionDefinition}.
 */
@NullMarked
package dev.athanor.source;

import org.jspecify.annotations.NullMarked;
