/**
 * Revisions written as Java classes.
 *
 * <p>A class that implements {@link dev.athanor.migration.Migration} and carries {@link
 * dev.athanor.migration.Revision @Revision} is a revision like one in a SQL file; both kinds may stand in one graph. Read
 * {@link dev.athanor.migration.Migration} first, then {@link dev.athanor.migration.MigrationBuilder} and {@link
 * dev.athanor.migration.Sql}.
 */
@NullMarked
package dev.athanor.migration;

import org.jspecify.annotations.NullMarked;
