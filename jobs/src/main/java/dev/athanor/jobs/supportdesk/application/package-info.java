/**
 * An application that uses the support desk while it is being migrated, and measures what its users would feel.
 *
 * <p>Start with {@link dev.athanor.jobs.supportdesk.application.SimulatedApplication}.
 */
@NullMarked
package dev.athanor.jobs.supportdesk.application;

import org.jspecify.annotations.NullMarked;
