package dev.athanor.lint;

import dev.athanor.lint.Statement.AlterTable;
import dev.athanor.sql.LockMode;
import dev.athanor.sql.QualifiedName;

/** CL9: a column that running code may still read. */
final class ColumnDrops implements Rule {
    @Override
    public void action(Site site, AlterTable alter, AlterAction action, Scope scope) {
        boolean live = action instanceof AlterAction.DropColumn drop
                && alter.isTable()
                && !Scope.undoes(site)
                && scope.live(alter.name(), drop.column(), site);
        if (live) {
            scope.report(site, draft(alter.name(), ((AlterAction.DropColumn) action).column()));
        }
    }

    private static Draft draft(QualifiedName table, String column) {
        String quoted = QualifiedName.quote(column);
        return new Draft(
                LintRule.CL9,
                table,
                LockMode.ACCESS_EXCLUSIVE,
                "Running code that has the columns of " + table + " cached, or names " + quoted
                        + ", fails when it is gone; indexes with it go under an ACCESS EXCLUSIVE lock.",
                "-- let no code read or write " + quoted + " any more, drop its indexes concurrently, then:\n"
                        + Safe.LATER + Safe.alter(table, "DROP COLUMN IF EXISTS " + quoted));
    }
}
