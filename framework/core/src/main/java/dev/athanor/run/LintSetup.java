package dev.athanor.run;

import dev.athanor.sql.QualifiedName;
import java.util.Set;

/**
 * How a run lints.
 *
 * @param mode what it does with findings
 * @param smallTables declared to be so small that locks and rewrites of them do not matter
 */
record LintSetup(LintMode mode, Set<QualifiedName> smallTables) {
    /** Errors refuse; no table is declared small. */
    static final LintSetup DEFAULT = new LintSetup(LintMode.ERROR, Set.of());

    LintSetup {
        smallTables = Set.copyOf(smallTables);
    }
}
