package dev.athanor.lint;

import dev.athanor.lint.Constraint.Kind;
import dev.athanor.lint.Statement.AlterTable;
import dev.athanor.sql.LockMode;
import dev.athanor.sql.QualifiedName;
import java.util.Objects;

/** Foreign keys that look at all rows while both tables are locked: CO1, CO2. */
final class ForeignKeys implements Rule {
    @Override
    public void action(Site site, AlterTable alter, AlterAction action, Scope scope) {
        if (!alter.isTable()) {
            return;
        }
        if (action instanceof AlterAction.AddConstraint add && add.constraint().kind() == Kind.FOREIGN_KEY) {
            if (add.constraint().scans() && locks(alter.name(), add.constraint(), site, scope)) {
                scope.report(site, added(alter.name(), add.constraint()));
            }
        } else if (action instanceof AlterAction.AddColumn add) {
            add.column()
                    .constraint(Kind.FOREIGN_KEY)
                    .filter(key -> key.scans() && locks(alter.name(), key, site, scope))
                    .ifPresent(key -> scope.report(site, inline(alter.name(), add.column(), key)));
        }
    }

    /** A new table is no excuse: the other one is locked as well. */
    private static boolean locks(QualifiedName table, Constraint key, Site site, Scope scope) {
        return scope.live(table, site) || scope.live(Objects.requireNonNull(key.referenced()), site);
    }

    private static String lockedBoth(QualifiedName table, Constraint key) {
        return "takes a SHARE ROW EXCLUSIVE lock on " + table + " and on " + key.referenced()
                + ": writes to both wait while all rows of " + table + " are checked.";
    }

    private static Draft added(QualifiedName table, Constraint key) {
        return new Draft(
                LintRule.CO1,
                table,
                LockMode.SHARE_ROW_EXCLUSIVE,
                "Adding a foreign key that is valid at once " + lockedBoth(table, key),
                Safe.notValidFirst(table, name(table, key), key.definition()));
    }

    private static Draft inline(QualifiedName table, Column column, Constraint key) {
        String type = column.type() == null ? "" : " " + column.type().sql();
        String quoted = QualifiedName.quote(column.name());
        return new Draft(
                LintRule.CO2,
                table,
                LockMode.SHARE_ROW_EXCLUSIVE,
                "Adding a column with REFERENCES " + lockedBoth(table, key),
                Safe.alter(table, "ADD COLUMN " + quoted + type) + "\n-- athanor:expand\n"
                        + Safe.notValidFirst(
                                table, name(table, key), "FOREIGN KEY (" + quoted + ") " + key.definition()));
    }

    static String name(QualifiedName table, Constraint key) {
        String column = key.columns().isEmpty() ? "key" : key.columns().get(0);
        return key.name() != null ? key.name() : Safe.name(table.name(), column, "fkey");
    }
}
