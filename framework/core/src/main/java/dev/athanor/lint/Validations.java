package dev.athanor.lint;

import dev.athanor.lint.History.HeldLock;
import dev.athanor.lint.Statement.AlterTable;
import dev.athanor.lint.Statement.Drop;
import dev.athanor.sql.LockMode;
import dev.athanor.sql.QualifiedName;

/** CO4: VALIDATE in the transaction that added the constraint, or while it holds a lock that hurts. */
final class Validations implements Rule {
    private static final String KEEPS = "is validated while the transaction keeps a strong lock on ";

    @Override
    public void action(Site site, AlterTable alter, AlterAction action, Scope scope) {
        if (!(action instanceof AlterAction.Validate validate) || !scope.live(alter.name(), site)) {
            return;
        }
        TableState.Held held = scope.history().table(alter.name()).constraints.get(validate.constraint());
        if (held != null && held.addedIn() == site.transaction()) {
            String why = "was added in the same transaction, whose lock on " + alter.name() + " is kept";
            scope.report(site, draft(alter.name(), validate.constraint(), why));
            return;
        }
        for (HeldLock lock : scope.history().locksOf(site.transaction())) {
            if (lock.mode().compareTo(LockMode.SHARE_ROW_EXCLUSIVE) >= 0 && scope.live(lock)) {
                String why = KEEPS + lock.name();
                scope.report(site, draft(alter.name(), validate.constraint(), why), lock.site());
                return;
            }
        }
        scope.before(site).stream().filter(Validations::dropsIndex).findFirst().ifPresent(drop -> {
            String why =
                    KEEPS + "the table of " + ((Drop) drop.statement()).names().get(0);
            scope.report(site, draft(alter.name(), validate.constraint(), why), drop);
        });
    }

    private static boolean dropsIndex(Site site) {
        return site.statement() instanceof Drop drop && drop.kind().equals("index") && !drop.concurrently();
    }

    private static Draft draft(QualifiedName table, String constraint, String why) {
        String name = QualifiedName.quote(constraint);
        return new Draft(
                LintRule.CO4,
                table,
                LockMode.SHARE_ROW_EXCLUSIVE,
                "The constraint " + name + " " + why + " while all rows of " + table + " are read.",
                "-- in a section of its own:\n" + Safe.LATER + Safe.alter(table, "VALIDATE CONSTRAINT " + name));
    }
}
