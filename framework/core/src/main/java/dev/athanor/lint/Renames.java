package dev.athanor.lint;

import dev.athanor.lint.Statement.AlterTable;
import dev.athanor.sql.LockMode;
import dev.athanor.sql.QualifiedName;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** New names for what running code knows: CL8, TB1, TB2, TB14, EN1. */
final class Renames implements Rule {
    @Override
    public void statement(Site site, Scope scope) {
        if (Scope.undoes(site)) {
            return;
        }
        if (site.statement() instanceof Statement.RenameSchema rename
                && scope.history().madeIn(History.schemaKey(rename.from())) != site.transaction()) {
            scope.report(site, schema(rename));
        } else if (site.statement() instanceof Statement.RenameEnumValue rename
                && scope.history().madeIn(rename.type()) != site.transaction()) {
            scope.report(site, value(rename));
        }
    }

    @Override
    public void action(Site site, AlterTable alter, AlterAction action, Scope scope) {
        QualifiedName name = alter.name();
        boolean columns = alter.isTable() || alter.kind().endsWith("view");
        if (!columns || Scope.undoes(site) || !scope.live(name, site)) {
            return;
        }
        if (action instanceof AlterAction.RenameColumn rename && scope.live(name, rename.from(), site)) {
            if (!isCovered(site, name, scope)) {
                scope.report(site, column(name, rename));
            }
        } else if (action instanceof AlterAction.RenameTo rename && alter.isTable()) {
            if (!isCovered(site, name, scope)) {
                scope.report(site, table(name, rename.name()));
            }
        } else if (action instanceof AlterAction.SetSchema set && alter.isTable()) {
            scope.report(site, moved(name, set.schema(), alter.kind()));
        }
    }

    /** Whether the same transaction makes a view of the name that running code knows. */
    private static boolean isCovered(Site site, QualifiedName name, Scope scope) {
        Set<QualifiedName> known = new HashSet<>(Set.of(scope.history().key(name)));
        scope.history().table(name).former.stream()
                .filter(former -> former.changedIn() == site.transaction())
                .forEach(former -> known.add(former.name()));
        return scope.transaction(site).stream()
                .anyMatch(other -> other.index() > site.index()
                        && other.statement() instanceof Statement.CreateView view
                        && !view.materialized()
                        && known.contains(scope.history().key(view.name())));
    }

    private static Draft column(QualifiedName table, AlterAction.RenameColumn rename) {
        String from = QualifiedName.quote(rename.from());
        String to = QualifiedName.quote(rename.to());
        return new Draft(
                LintRule.CL8,
                table,
                LockMode.ACCESS_EXCLUSIVE,
                "Running code asks for " + from + " of " + table + " and fails as soon as the column is called " + to
                        + ".",
                "-- athanor:operation rename-column table=" + table.quoted() + " from=" + from + " to=" + to);
    }

    private static Draft table(QualifiedName table, String to) {
        QualifiedName next = new QualifiedName(table.schema(), to);
        return new Draft(
                LintRule.TB1,
                table,
                LockMode.ACCESS_EXCLUSIVE,
                "Running code asks for " + table + " and fails as soon as the table is called " + next + ".",
                "-- in one transaction, with a view for running code:\n"
                        + Safe.alter(table, "RENAME TO " + QualifiedName.quote(to)) + "\nCREATE VIEW " + table.quoted()
                        + " AS SELECT * FROM " + next.quoted() + ";\n" + Safe.LATER + "DROP VIEW " + table.quoted()
                        + ";");
    }

    private static Draft moved(QualifiedName table, String schema, String kind) {
        QualifiedName next = new QualifiedName(schema, table.name());
        return new Draft(
                LintRule.TB14,
                table,
                LockMode.ACCESS_EXCLUSIVE,
                "Running code asks for " + table + " and fails as soon as it is in the schema "
                        + QualifiedName.quote(schema) + ", unless its search path finds it there.",
                "-- in one transaction, with a view for running code:\nALTER " + kind.toUpperCase(Locale.ROOT) + " "
                        + table.quoted() + " SET SCHEMA " + QualifiedName.quote(schema) + ";\nCREATE VIEW "
                        + table.quoted()
                        + " AS SELECT * FROM " + next.quoted() + ";");
    }

    private static Draft schema(Statement.RenameSchema rename) {
        String from = QualifiedName.quote(rename.from());
        String to = QualifiedName.quote(rename.to());
        return Draft.of(
                LintRule.TB2,
                "Running code asks for tables in the schema " + from + " and fails as soon as it is called " + to + ".",
                "CREATE SCHEMA " + to + ";\n-- with a view for each table of " + from
                        + ", until all code has moved over");
    }

    private static Draft value(Statement.RenameEnumValue rename) {
        String type = rename.type().quoted();
        String to = "'" + rename.to().replace("'", "''") + "'";
        return Draft.of(
                LintRule.EN1,
                rename.type(),
                "Running code writes and reads the value '" + rename.from() + "' of " + type
                        + " and fails as soon as it is called " + to + ".",
                "ALTER TYPE " + type + " ADD VALUE IF NOT EXISTS " + to + " AFTER '"
                        + rename.from().replace("'", "''")
                        + "';\n-- let code write the new value, turn the old ones over by a backfill");
    }
}
