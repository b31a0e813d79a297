package dev.athanor.lint;

import dev.athanor.lint.Statement.AlterTable;
import dev.athanor.lint.Statement.CreateTrigger;
import dev.athanor.sql.LockMode;
import dev.athanor.sql.QualifiedName;
import dev.athanor.sql.TableLock;
import java.util.Optional;

/** TB13: a trigger that is made or switched while the transaction does other work too. */
final class Triggers implements Rule {
    @Override
    public void statement(Site site, Scope scope) {
        Optional<QualifiedName> table = table(site);
        if (table.isEmpty() || !scope.live(table.get(), site)) {
            return;
        }
        QualifiedName key = scope.history().key(table.get());
        boolean alone = scope.transaction(site).stream()
                .allMatch(other -> other == site
                        || !other.mayLock()
                        || triggered(other).map(scope.history()::key).equals(Optional.of(key)));
        if (!alone || hasOtherActions(site)) {
            scope.report(site, draft(table.get(), site));
        }
    }

    /** The table whose triggers another statement makes, switches or drops. */
    private static Optional<QualifiedName> triggered(Site other) {
        boolean drops =
                other.statement() instanceof Statement.Drop drop && drop.kind().equals("trigger");
        return drops ? other.tableLocks().stream().map(TableLock::name).findFirst() : table(other);
    }

    /** The table whose triggers a statement makes or switches. */
    private static Optional<QualifiedName> table(Site site) {
        if (site.statement() instanceof CreateTrigger trigger) {
            return Optional.of(trigger.table());
        }
        boolean switches = site.statement() instanceof AlterTable alter
                && alter.actions().stream().anyMatch(AlterAction.SwitchTrigger.class::isInstance);
        return switches ? Optional.of(((AlterTable) site.statement()).name()) : Optional.empty();
    }

    private static boolean hasOtherActions(Site site) {
        return site.statement() instanceof AlterTable alter
                && !alter.actions().stream().allMatch(AlterAction.SwitchTrigger.class::isInstance);
    }

    private static Draft draft(QualifiedName table, Site site) {
        return new Draft(
                LintRule.TB13,
                table,
                LockMode.SHARE_ROW_EXCLUSIVE,
                "The trigger change takes a SHARE ROW EXCLUSIVE lock on " + table
                        + " and the transaction keeps it during its other work: writes wait until it ends.",
                "-- in a section of its own:\n-- athanor:expand\n" + site.text() + ";");
    }
}
