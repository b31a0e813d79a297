package dev.athanor.lint;

import dev.athanor.lint.Statement.AlterTable;
import dev.athanor.lint.Statement.Cluster;
import dev.athanor.lint.Statement.Refresh;
import dev.athanor.lint.Statement.Truncate;
import dev.athanor.lint.Statement.Vacuum;
import dev.athanor.sql.LockMode;
import dev.athanor.sql.QualifiedName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whole tables emptied, rewritten and copied: TB7, TB8, TB11, TB12. */
final class TableRewrites implements Rule {
    @Override
    public void statement(Site site, Scope scope) {
        if (site.statement() instanceof Truncate truncate && truncate.cascade()) {
            List<QualifiedName> live = live(truncate.tables(), site, scope);
            if (!live.isEmpty()) {
                scope.report(site, cascade(live));
            }
        } else if (site.statement() instanceof Vacuum vacuum && vacuum.full()) {
            List<QualifiedName> live = live(vacuum.tables(), site, scope);
            if (!live.isEmpty() || vacuum.tables().isEmpty()) {
                scope.report(site, rewrite("VACUUM FULL", live.isEmpty() ? null : live.get(0)));
            }
        } else if (site.statement() instanceof Cluster cluster
                && (cluster.table() == null || scope.live(cluster.table(), site))) {
            scope.report(site, rewrite("CLUSTER", cluster.table()));
        } else if (site.statement() instanceof Refresh refresh
                && !refresh.concurrently()
                && scope.live(refresh.view(), site)) {
            scope.report(site, refresh(refresh.view()));
        }
    }

    @Override
    public void action(Site site, AlterTable alter, AlterAction action, Scope scope) {
        boolean copied = !alter.kind().equals("sequence")
                && !alter.kind().equals("view")
                && !scope.history().table(alter.name()).partitioned;
        if (action instanceof AlterAction.Relocate relocate && copied && isLive(site, alter, scope)) {
            scope.report(site, relocate(alter, relocate.words()));
        }
    }

    private static boolean isLive(Site site, AlterTable alter, Scope scope) {
        return alter.kind().equals("index")
                ? scope.history()
                        .index(alter.name())
                        .map(index -> scope.live(index.table(), site))
                        .orElse(true)
                : scope.live(alter.name(), site);
    }

    private static List<QualifiedName> live(List<QualifiedName> tables, Site site, Scope scope) {
        return tables.stream().filter(table -> scope.live(table, site)).toList();
    }

    private static Draft cascade(List<QualifiedName> tables) {
        String names =
                String.join(", ", tables.stream().map(QualifiedName::quoted).toList());
        return new Draft(
                LintRule.TB7,
                tables.get(0),
                LockMode.ACCESS_EXCLUSIVE,
                "TRUNCATE … CASCADE empties every table that references " + names
                        + " too, and every table that references those.",
                "-- name each table that is meant to be emptied:\nTRUNCATE " + names + ";");
    }

    private static Draft rewrite(String command, @Nullable QualifiedName table) {
        String name = table == null ? "every table" : table.quoted();
        return new Draft(
                LintRule.TB8,
                table,
                LockMode.ACCESS_EXCLUSIVE,
                command + " writes " + name
                        + " anew under an ACCESS EXCLUSIVE lock: reads and writes wait all the while.",
                table == null
                        ? "-- let autovacuum do its work; repack single tables with pg_repack"
                        : Safe.AUTOCOMMIT + "VACUUM (ANALYZE) " + name
                                + ";\n-- when the space must be given back: pg_repack, which only locks briefly");
    }

    private static Draft relocate(AlterTable alter, String words) {
        return new Draft(
                LintRule.TB11,
                alter.isTable() ? alter.name() : null,
                LockMode.ACCESS_EXCLUSIVE,
                words + " copies " + alter.name()
                        + " whole under an ACCESS EXCLUSIVE lock: reads and writes wait all the while.",
                "-- make a new table that is so from the start, write to both, copy the rows by a backfill and swap the two");
    }

    private static Draft refresh(QualifiedName view) {
        return new Draft(
                LintRule.TB12,
                view,
                LockMode.ACCESS_EXCLUSIVE,
                "REFRESH MATERIALIZED VIEW locks " + view + " ACCESS EXCLUSIVE: reads of it wait until it is filled.",
                "-- needs a unique index on columns of the view:\nREFRESH MATERIALIZED VIEW CONCURRENTLY "
                        + view.quoted() + ";");
    }
}
