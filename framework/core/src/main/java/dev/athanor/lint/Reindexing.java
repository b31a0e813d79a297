package dev.athanor.lint;

import dev.athanor.lint.Statement.Reindex;
import dev.athanor.sql.LockMode;
import dev.athanor.sql.QualifiedName;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** REINDEX: IX3, IX5, IX8. */
final class Reindexing implements Rule {
    @Override
    public void statement(Site site, Scope scope) {
        if (!(site.statement() instanceof Reindex reindex)) {
            return;
        }
        QualifiedName about = reindex.name() == null ? new QualifiedName(null, reindex.kind()) : reindex.name();
        if (reindex.concurrently()) {
            if (site.inTransaction()) {
                scope.report(site, IndexBuilds.insideTransaction(site, about));
            }
            if (IndexBuilds.isBuggy(scope.version())) {
                scope.report(site, IndexBuilds.buggy(about, "REINDEX CONCURRENTLY", scope.version(), site.text()));
            }
        } else if (scope.atLeast(12) && isLive(reindex, site, scope)) {
            scope.report(site, blocking(reindex));
        }
    }

    private static boolean isLive(Reindex reindex, Site site, Scope scope) {
        @Nullable QualifiedName name = reindex.name();
        if (name == null) {
            return true;
        }
        return switch (reindex.kind()) {
            case "table" -> scope.live(name, site);
            case "index" ->
                scope.history()
                        .index(name)
                        .map(index -> scope.live(index.table(), site))
                        .orElse(true);
            default -> true;
        };
    }

    private static Draft blocking(Reindex reindex) {
        String kind = reindex.kind().toUpperCase(Locale.ROOT);
        @Nullable QualifiedName name = reindex.name();
        String object = name == null ? "" : " " + name.quoted();
        String safe = reindex.kind().equals("system")
                ? "-- in a maintenance window: system catalogs cannot be reindexed concurrently"
                : Safe.AUTOCOMMIT + "REINDEX " + kind + " CONCURRENTLY" + object + ";";
        return new Draft(
                LintRule.IX8,
                reindex.kind().equals("table") ? name : null,
                LockMode.SHARE,
                "REINDEX " + kind + object
                        + " takes a SHARE lock on each table and an ACCESS EXCLUSIVE lock on each index: writes wait, and so"
                        + " do queries that plan to use the index, until it is built.",
                safe);
    }
}
