package dev.athanor.lint;

import dev.athanor.sql.QualifiedName;
import java.util.Set;

/**
 * What lint is told besides the revision.
 *
 * @param version the server version to lint for
 * @param enabled rules to run that are off by themselves ({@link LintRule#optIn()})
 * @param smallTables tables so small that locks and rewrites of them do not matter
 */
public record LintSettings(PgVersion version, Set<LintRule> enabled, Set<QualifiedName> smallTables) {
    public LintSettings {
        enabled = Set.copyOf(enabled);
        smallTables = Set.copyOf(smallTables);
    }

    /** For a server version, with nothing else said. */
    public static LintSettings of(PgVersion version) {
        return new LintSettings(version, Set.of(), Set.of());
    }

    /** Whether a rule is to run. */
    public boolean runs(LintRule rule) {
        return !rule.optIn() || enabled.contains(rule);
    }
}
