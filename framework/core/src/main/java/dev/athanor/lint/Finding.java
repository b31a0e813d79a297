package dev.athanor.lint;

import dev.athanor.sql.LockMode;
import dev.athanor.sql.QualifiedName;
import org.jspecify.annotations.Nullable;

/**
 * What a rule objects to in one statement.
 *
 * @param rule the rule
 * @param severity the rule's, or what it becomes by the size of the table
 * @param place where the statement begins
 * @param statement its text, from its first token to its last
 * @param lock the lock that hurts; null when the trouble is no lock
 * @param table the table it is about; null when it is about none, or about one that is not named
 * @param message in plain words: what happens and why it hurts
 * @param safe the safe form: SQL written out for this statement, with {@code --} comments where words are needed
 * @param waiver what excuses it; null when nothing does
 */
public record Finding(
        LintRule rule,
        Severity severity,
        Place place,
        String statement,
        @Nullable LockMode lock,
        @Nullable QualifiedName table,
        String message,
        String safe,
        @Nullable Waiver waiver) {

    /** Whether a waiver with a reason excuses it. */
    public boolean waived() {
        return waiver != null;
    }

    /** Whether it stands in the way of a run: an error that nothing excuses. */
    public boolean refuses() {
        return severity == Severity.ERROR && !waived();
    }
}
