/**
 * Revision files and Java revisions to revisions with their phases.
 *
 * <p>Start with {@link dev.athanor.source.RevisionFolder}; a file is read by {@code RevisionFileReader}, its sections by
 * {@code SectionReader}; what comes out is {@link dev.athanor.source.RevisionDefinition}. {@link
 * dev.athanor.source.JavaRevisions} does the same for classes: {@code MigrationReader} says to the same readers what a
 * file would say. {@link dev.athanor.source.RevisionWriter} goes the other way: a new revision becomes a file, by {@code
 * Template} and {@code TemplateValues}.
 */
@NullMarked
package dev.athanor.source;

import org.jspecify.annotations.NullMarked;
