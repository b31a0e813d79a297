/**
 * Revision files to revisions with their phases.
 *
 * <p>Start with {@link dev.athanor.source.RevisionFolder}; a file is read by {@code RevisionFileReader}, its sections by
 * {@code SectionReader}; what comes out is {@link dev.athanor.source.RevisionDefinition}.
 */
@NullMarked
package dev.athanor.source;

import org.jspecify.annotations.NullMarked;
