package dev.athanor.lint;

import dev.athanor.lint.Statement.RowChange;
import dev.athanor.lint.Statement.Rows;
import dev.athanor.sql.LockMode;
import dev.athanor.sql.QualifiedName;
import java.util.Optional;

/** DM1: changes of rows without a range, or while the transaction holds locks of DDL. */
final class RowChanges implements Rule {
    @Override
    public void statement(Site site, Scope scope) {
        if (!(site.statement() instanceof Rows rows)) {
            return;
        }
        for (RowChange change : rows.changes()) {
            if (!change.changesExisting() || !scope.live(change.table(), site)) {
                continue;
            }
            Expression where = change.where();
            Optional<QualifiedName> locked = lockedByDdl(site, scope);
            if (where == null || !Condition.isBounded(where)) {
                scope.report(site, unbounded(change, site));
            } else if (locked.isPresent()) {
                scope.report(site, beside(change, locked.get(), site));
            }
        }
    }

    private static Optional<QualifiedName> lockedByDdl(Site site, Scope scope) {
        return scope.transaction(site).stream()
                .filter(other -> !(other.statement() instanceof Rows))
                .flatMap(other -> other.locked(LockMode.SHARE_UPDATE_EXCLUSIVE).stream())
                .filter(table -> scope.live(table, site))
                .findFirst();
    }

    private static String chunked(RowChange change, Site site) {
        String where = change.where() == null
                ? "${chunk}"
                : "${chunk} AND (" + change.where().text() + ")";
        String head = change.where() == null
                ? site.text()
                : site.text()
                        .substring(
                                0,
                                Math.max(0, site.text().indexOf(change.where().text())))
                        .strip();
        String joined = change.where() == null ? head + " WHERE " + where : head + " " + where;
        return "-- athanor:backfill table=" + change.table().quoted() + "\n" + joined + ";";
    }

    private static Draft unbounded(RowChange change, Site site) {
        return new Draft(
                LintRule.DM1,
                change.table(),
                LockMode.ROW_EXCLUSIVE,
                change.verb().toUpperCase(java.util.Locale.ROOT) + " touches rows of " + change.table()
                        + " without a range: all of them stay locked until the transaction ends, and their old versions"
                        + " stay behind as dead space.",
                chunked(change, site));
    }

    private static Draft beside(RowChange change, QualifiedName locked, Site site) {
        return new Draft(
                LintRule.DM1,
                change.table(),
                LockMode.ROW_EXCLUSIVE,
                "Rows of " + change.table() + " are changed while the transaction keeps its lock on " + locked
                        + ": whoever waits for " + locked + " waits for that too.",
                "-- in a section of its own:\n-- athanor:expand\n" + site.text() + ";");
    }
}
