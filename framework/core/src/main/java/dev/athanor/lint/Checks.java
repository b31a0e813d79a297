package dev.athanor.lint;

import dev.athanor.lint.Constraint.Kind;
import dev.athanor.lint.Statement.AlterTable;
import dev.athanor.sql.LockMode;
import dev.athanor.sql.QualifiedName;
import java.util.List;

/** Checks that look at all rows under an exclusive lock: CO7, CO17. */
final class Checks implements Rule {
    @Override
    public void action(Site site, AlterTable alter, AlterAction action, Scope scope) {
        if (!alter.holdsRows() || !scope.live(alter.name(), site)) {
            return;
        }
        for (Constraint constraint : added(action)) {
            if (constraint.scans() && constraint.kind() == Kind.CHECK) {
                scope.report(site, check(alter.name(), constraint));
            }
            boolean ofTable = action instanceof AlterAction.AddConstraint;
            if (constraint.scans() && constraint.kind() == Kind.NOT_NULL && ofTable) {
                scope.report(site, notNull(alter.name(), constraint));
            }
        }
    }

    private static List<Constraint> added(AlterAction action) {
        if (action instanceof AlterAction.AddConstraint add) {
            return List.of(add.constraint());
        }
        return action instanceof AlterAction.AddColumn add ? add.column().constraints() : List.of();
    }

    private static Draft check(QualifiedName table, Constraint check) {
        String name = check.name() == null ? Safe.name(table.name(), "check") : check.name();
        return new Draft(
                LintRule.CO7,
                table,
                LockMode.ACCESS_EXCLUSIVE,
                "A CHECK that is valid at once reads all rows of " + table
                        + " under an ACCESS EXCLUSIVE lock: reads and writes wait.",
                Safe.notValidFirst(table, name, check.definition()));
    }

    private static Draft notNull(QualifiedName table, Constraint constraint) {
        String name = constraint.name() == null
                ? Safe.name(table.name(), constraint.columns().get(0), "not_null")
                : constraint.name();
        return new Draft(
                LintRule.CO17,
                table,
                LockMode.ACCESS_EXCLUSIVE,
                "A NOT NULL constraint that is valid at once reads all rows of " + table
                        + " under an ACCESS EXCLUSIVE lock: reads and writes wait.",
                Safe.notValidFirst(table, name, constraint.definition()));
    }
}
