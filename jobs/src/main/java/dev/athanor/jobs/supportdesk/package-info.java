/**
 * A customer-support database: its tables, a fast generator of realistic data, and ready-made revisions.
 *
 * <p>Start with {@link dev.athanor.jobs.supportdesk.SupportDesk}.
 */
@NullMarked
package dev.athanor.jobs.supportdesk;

import org.jspecify.annotations.NullMarked;
