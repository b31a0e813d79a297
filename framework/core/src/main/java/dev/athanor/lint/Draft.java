package dev.athanor.lint;

import dev.athanor.sql.LockMode;
import dev.athanor.sql.QualifiedName;
import org.jspecify.annotations.Nullable;

/** What a rule says, before it is known where it stands and whether it is waived. */
record Draft(
        LintRule rule,
        @Nullable QualifiedName table,
        @Nullable LockMode lock,
        String message,
        String safe) {

    /** About no table. */
    static Draft of(LintRule rule, String message, String safe) {
        return new Draft(rule, null, null, message, safe);
    }

    /** About a table, and not about a lock. */
    static Draft of(LintRule rule, QualifiedName table, String message, String safe) {
        return new Draft(rule, table, null, message, safe);
    }
}
