/**
 * The public door: upgrade, resume, status.
 *
 * <p>Start with {@code MigrationRunner}.
 */
@NullMarked
package dev.athanor.run;

import org.jspecify.annotations.NullMarked;
