package dev.athanor.lint;

import dev.athanor.lint.Statement.AlterTable;
import dev.athanor.lint.Statement.CreateTable;
import dev.athanor.lint.Statement.CreateView;
import dev.athanor.sql.QualifiedName;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** NM3: a column that is declared or assigned twice. */
final class Duplicates implements Rule {
    @Override
    public void statement(Site site, Scope scope) {
        Statement statement = site.statement();
        if (statement instanceof CreateTable create) {
            report(site, create.columns().stream().map(Column::name).toList(), "declared", scope);
            create.constraints().forEach(constraint -> report(site, constraint.columns(), "named", scope));
            if (create.columns().isEmpty()) {
                report(site, SelectList.names(create.query()), "selected", scope);
            }
        } else if (statement instanceof CreateView view) {
            report(site, view.columns().isEmpty() ? SelectList.names(view.query()) : view.columns(), "declared", scope);
        } else if (statement instanceof Statement.CreateOther other) {
            report(site, other.columns(), "declared", scope);
        } else if (statement instanceof Statement.Rows rows) {
            rows.changes().forEach(change -> report(site, change.columns(), "assigned", scope));
        }
    }

    @Override
    public void action(Site site, AlterTable alter, AlterAction action, Scope scope) {
        if (action instanceof AlterAction.AddColumn add && !add.ifNotExists()) {
            TableState.ColumnState known =
                    scope.history().table(alter.name()).columns.get(add.column().name());
            if (known != null && known.made) {
                scope.report(site, draft(add.column().name(), "declared"));
            }
        } else if (action instanceof AlterAction.AddConstraint add) {
            report(site, add.constraint().columns(), "named", scope);
        }
    }

    private static void report(Site site, List<String> columns, String how, Scope scope) {
        Set<String> seen = new HashSet<>();
        Set<String> reported = new HashSet<>();
        for (String column : columns) {
            if (!seen.add(column) && reported.add(column)) {
                scope.report(site, draft(column, how));
            }
        }
    }

    private static Draft draft(String column, String how) {
        return Draft.of(
                LintRule.NM3,
                "The column " + QualifiedName.quote(column) + " is " + how + " twice: the statement fails.",
                "-- name " + QualifiedName.quote(column) + " once");
    }
}
