/**
 * What a revision would do to a database that is in use: rules over the statements of its sections, offline and, with a
 * picture of the target, online. Plain Java, no database.
 *
 * <p>Entry: {@link dev.athanor.lint.Linter}. Reading order: {@link dev.athanor.lint.LintedSection} goes in, statements are
 * recognised by {@code StatementReader}, {@code History} follows what they make, the rules look at both, and
 * {@link dev.athanor.lint.Finding}s come out.
 */
@NullMarked
package dev.athanor.lint;

import org.jspecify.annotations.NullMarked;
