package dev.athanor.lint;

import dev.athanor.lint.History.HeldLock;
import dev.athanor.sql.LockMode;
import dev.athanor.sql.QualifiedName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** TX6: ACCESS EXCLUSIVE locks on several tables in one transaction. */
final class ManyTables implements Rule {
    @Override
    public void statement(Site site, Scope scope) {
        if (site.statement() instanceof Statement.Vacuum) {
            return; // a transaction for each table
        }
        Map<TableState, HeldLock> first = new LinkedHashMap<>();
        int before = 0;
        for (HeldLock lock : scope.history().locksOf(site.transaction())) {
            boolean own = lock.site() == site;
            boolean partition = own && movesPartition(site) && first.size() > before;
            if (lock.mode() == LockMode.ACCESS_EXCLUSIVE && scope.live(lock) && !partition) {
                first.putIfAbsent(lock.table(), lock);
            }
            before = own ? before : first.size();
        }
        if (first.size() > 1 && before < 2) {
            List<HeldLock> locks = List.copyOf(first.values());
            Site[] others = locks.stream()
                    .map(HeldLock::site)
                    .filter(other -> other != site)
                    .toArray(Site[]::new);
            scope.report(site, draft(locks.stream().map(HeldLock::name).toList()), others);
        }
    }

    /** A partition and its parent are one table in two names. */
    private static boolean movesPartition(Site site) {
        return site.statement() instanceof Statement.AlterTable alter
                && alter.actions().stream()
                        .anyMatch(
                                action -> action instanceof AlterAction.Detach || action instanceof AlterAction.Attach);
    }

    private static Draft draft(List<QualifiedName> tables) {
        String names =
                String.join(" and ", tables.stream().map(QualifiedName::quoted).toList());
        return new Draft(
                LintRule.TX6,
                tables.get(tables.size() - 1),
                LockMode.ACCESS_EXCLUSIVE,
                "The transaction locks " + names
                        + " ACCESS EXCLUSIVE and keeps all locks until it ends: reads and writes of the first wait while it"
                        + " waits for the next, and two such transactions can deadlock.",
                "-- one section for each table, in the same order everywhere");
    }
}
