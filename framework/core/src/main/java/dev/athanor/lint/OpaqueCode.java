package dev.athanor.lint;

import dev.athanor.lint.Statement.AlterTable;
import dev.athanor.lint.Statement.DoBlock;
import dev.athanor.lint.Statement.Opaque;
import dev.athanor.lint.Statement.Routine;
import java.util.Set;

/** What cannot be read, or is not known: RW1, RW2. Nothing of it counts as safe. */
final class OpaqueCode implements Rule {
    private static final Set<String> READ = Set.of("sql", "plpgsql");

    @Override
    public void statement(Site site, Scope scope) {
        if (site.statement() instanceof DoBlock) {
            scope.report(
                    site,
                    opaque(
                            "A DO block decides at run time what it does; of its statements only those are looked at that stand in"
                                    + " it word for word."));
        } else if (site.statement() instanceof Routine routine && isOpaque(routine)) {
            scope.report(
                    site,
                    opaque(
                            "The body of " + routine.name()
                                    + " changes tables, or decides at run time what it does; lint cannot tell what a call of it locks."));
        } else if (site.statement() instanceof Opaque opaque) {
            scope.report(
                    site,
                    opaque.call()
                            ? unknown("What the procedure does is not in the text.")
                            : opaque("What the prepared statement does is not in the text of this one."));
        } else if (site.statement() instanceof Statement.Unknown unknown) {
            scope.report(site, unknown("Lint does not know this form of statement: " + unknown.words() + "."));
        }
    }

    @Override
    public void action(Site site, AlterTable alter, AlterAction action, Scope scope) {
        if (action instanceof AlterAction.UnknownAction unknown) {
            scope.report(
                    site,
                    unknown("Lint does not know this form of ALTER "
                            + alter.kind().toUpperCase(java.util.Locale.ROOT) + ": " + unknown.words() + "."));
        }
    }

    private static boolean isOpaque(Routine routine) {
        if (!READ.contains(routine.language()) || routine.body() == null) {
            return true;
        }
        return RoutineBodies.isDynamic(routine.body())
                || RoutineBodies.statements(routine.body()).stream()
                        .map(RoutineBodies.Part::statement)
                        .anyMatch(statement -> changesTables(statement, routine.trigger()));
    }

    private static boolean changesTables(Statement statement, boolean trigger) {
        if (statement instanceof Statement.Rows rows) {
            return !trigger
                    && rows.changes().stream()
                            .anyMatch(change -> change.changesExisting()
                                    && (change.where() == null || !Condition.isBounded(change.where())));
        }
        return statement instanceof AlterTable
                || statement instanceof Statement.CreateTable table && !table.temporary()
                || statement instanceof Statement.CreateIndex
                || statement instanceof Statement.CreateTrigger
                || statement instanceof Statement.Drop
                || statement instanceof Statement.Truncate
                || statement instanceof Statement.Opaque;
    }

    private static Draft opaque(String message) {
        return Draft.of(
                LintRule.RW1,
                message,
                "-- write the statements out, or say why it is safe:\n-- athanor:allow RW1 what it does and why that is safe");
    }

    private static Draft unknown(String message) {
        return Draft.of(
                LintRule.RW2,
                message,
                "-- find out what it locks, then:\n-- athanor:allow RW2 what it does and why that is safe");
    }
}
