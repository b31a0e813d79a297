package dev.athanor.run;

import dev.athanor.lint.LintRule;
import dev.athanor.lint.LintSettings;
import dev.athanor.lint.PgVersion;
import dev.athanor.source.RevisionDefinition;
import dev.athanor.sql.QualifiedName;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is to be linted, and how.
 *
 * @param revisions these; null: with a database those that are pending or between phases, without one all
 * @param version for this server version; null: with a database that of its server, without one {@link PgVersion#NEWEST}
 * @param enabled rules that are off by themselves
 * @param smallTables tables declared to be so small that locks and rewrites of them do not matter
 */
public record LintRequest(
        @Nullable List<RevisionDefinition> revisions,
        @Nullable PgVersion version,
        Set<LintRule> enabled,
        Set<QualifiedName> smallTables) {

    /** For all revisions, with nothing else said. */
    public static final LintRequest DEFAULT = new LintRequest(null, null, Set.of(), Set.of());

    LintSettings settings(PgVersion otherwise) {
        return new LintSettings(version == null ? otherwise : version, enabled, smallTables);
    }

    /**
     * Lints these revisions without a database, each table taken for a large one.
     *
     * @param all what is linted when the request names none
     * @param placeholders values by name
     */
    public LintReport offline(List<RevisionDefinition> all, Map<String, String> placeholders) {
        return LintReport.offline(revisions == null ? all : revisions, placeholders, settings(PgVersion.NEWEST));
    }
}
