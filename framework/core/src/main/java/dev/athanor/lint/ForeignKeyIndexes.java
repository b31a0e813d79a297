package dev.athanor.lint;

import dev.athanor.lint.Constraint.Kind;
import dev.athanor.lint.Statement.AlterTable;
import dev.athanor.lint.Statement.CreateIndex;
import dev.athanor.sql.LockMode;
import dev.athanor.sql.QualifiedName;
import java.util.List;

/** CO3: a reference column whose index is built while writes wait, whichever of the two comes first. */
final class ForeignKeyIndexes implements Rule {
    @Override
    public void end(Scope scope) {
        for (Site site : scope.sites()) {
            if (!(site.statement() instanceof CreateIndex index)
                    || index.concurrently()
                    || index.keys().isEmpty()) {
                continue;
            }
            String column = index.keys().get(0).column();
            if (column != null && isReported(site, scope)) {
                scope.sites().stream()
                        .filter(other -> references(other, index.table(), column, scope))
                        .findFirst()
                        .ifPresent(key -> scope.report(site, draft(site, index, column), key));
            }
        }
    }

    /** Whether the plain build hurts at all. */
    private static boolean isReported(Site site, Scope scope) {
        return scope.found().stream()
                .anyMatch(found -> found.site() == site && found.draft().rule() == LintRule.IX1);
    }

    private static boolean references(Site site, QualifiedName table, String column, Scope scope) {
        if (!(site.statement() instanceof AlterTable alter)
                || !scope.history().key(alter.name()).equals(scope.history().key(table))) {
            return false;
        }
        return alter.actions().stream()
                .anyMatch(action -> keys(action).stream()
                        .anyMatch(key ->
                                !key.columns().isEmpty() && key.columns().get(0).equals(column)));
    }

    /** The foreign keys that an action adds. */
    static List<Constraint> keys(AlterAction action) {
        if (action instanceof AlterAction.AddConstraint add && add.constraint().kind() == Kind.FOREIGN_KEY) {
            return List.of(add.constraint());
        }
        return action instanceof AlterAction.AddColumn add
                ? add.column().constraints().stream()
                        .filter(constraint -> constraint.kind() == Kind.FOREIGN_KEY)
                        .toList()
                : List.of();
    }

    private static Draft draft(Site site, CreateIndex index, String column) {
        return new Draft(
                LintRule.CO3,
                index.table(),
                LockMode.SHARE,
                "The index of the reference column " + QualifiedName.quote(column)
                        + " is built under a SHARE lock: every write to " + index.table() + " waits until it is done.",
                "-- first the column, then the index, then the foreign key:\n" + Safe.AUTOCOMMIT
                        + IndexBuilds.concurrently(site, index) + ";");
    }
}
