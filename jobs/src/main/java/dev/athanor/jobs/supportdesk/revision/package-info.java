/**
 * The revisions of the support desk as Java classes, under the ids of the SQL files that do the same.
 *
 * <p>A set is either of the two kinds, or a mixture of them without a revision of both. {@link
 * dev.athanor.jobs.supportdesk.revision.SetSlaDeadlines} and {@link
 * dev.athanor.jobs.supportdesk.revision.EncryptPhone} work on rows in the JVM; the second of them is a class only.
 */
@NullMarked
package dev.athanor.jobs.supportdesk.revision;

import org.jspecify.annotations.NullMarked;
