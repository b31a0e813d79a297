package dev.athanor.lint;

import dev.athanor.lint.Column.Generation;
import dev.athanor.lint.Constraint.Kind;
import dev.athanor.lint.Statement.AlterTable;
import dev.athanor.sql.LockMode;
import dev.athanor.sql.QualifiedName;

/** Columns whose values must be written into every row: CL1, CL2, CL3, CL12; and CL4. */
final class AddedColumns implements Rule {
    @Override
    public void action(Site site, AlterTable alter, AlterAction action, Scope scope) {
        QualifiedName table = alter.name();
        if (!alter.isTable() || !scope.live(table, site)) {
            return;
        }
        if (action instanceof AlterAction.AddColumn add) {
            if (alter.holdsRows()) {
                added(site, table, add.column(), scope);
            }
            if (add.column().is("json")) {
                scope.report(site, json(table, add.column().name()));
            }
        } else if (action instanceof AlterAction.ChangeType change
                && change.type().is("json")) {
            scope.report(site, json(table, change.column()));
        } else if (action instanceof AlterAction.SetExpression set) {
            scope.report(site, expression(table, set));
        }
    }

    private static void added(Site site, QualifiedName table, Column column, Scope scope) {
        Expression value = column.value();
        if (value != null && !value.isNull()) {
            boolean any = !scope.atLeast(11);
            if (any || Volatility.changes(value, scope.history())) {
                scope.report(site, volatileDefault(table, column, value, any));
            }
        }
        boolean stored = column.generation() == Generation.STORED;
        if (stored) {
            scope.report(site, generated(table, column));
        }
        boolean key = column.has(Kind.PRIMARY_KEY);
        if (column.isSerial() || key || column.generation() == Generation.IDENTITY) {
            scope.report(site, key(table, column));
        }
    }

    private static String rewrites(QualifiedName table) {
        return " rewrites " + table + " and its indexes under an ACCESS EXCLUSIVE lock: reads and writes wait.";
    }

    private static String type(Column column) {
        return column.type() == null ? "" : " " + column.type().stored().sql();
    }

    private static Draft volatileDefault(QualifiedName table, Column column, Expression value, boolean any) {
        String quoted = QualifiedName.quote(column.name());
        String why = any
                ? "Before PostgreSQL 11, adding a column with a default"
                : "The default " + value.text() + " may differ from row to row, so adding the column";
        return new Draft(
                LintRule.CL1,
                table,
                LockMode.ACCESS_EXCLUSIVE,
                why + rewrites(table),
                Safe.alter(table, "ADD COLUMN " + quoted + type(column)) + "\n"
                        + Safe.alter(table, "ALTER COLUMN " + quoted + " SET DEFAULT " + value.text())
                        + "\n-- athanor:backfill table=" + table.quoted() + "\nUPDATE " + table.quoted() + " SET "
                        + quoted
                        + " = " + value.text() + " WHERE ${chunk} AND " + quoted + " IS NULL;");
    }

    private static Draft generated(QualifiedName table, Column column) {
        String quoted = QualifiedName.quote(column.name());
        return new Draft(
                LintRule.CL2,
                table,
                LockMode.ACCESS_EXCLUSIVE,
                "Adding the stored generated column " + quoted + rewrites(table),
                Safe.alter(table, "ADD COLUMN " + quoted + type(column))
                        + "\n-- a trigger keeps it up to date from now on, a backfill fills the rows that are there");
    }

    private static Draft key(QualifiedName table, Column column) {
        String quoted = QualifiedName.quote(column.name());
        String sequence = new QualifiedName(table.schema(), Safe.name(table.name(), column.name(), "seq")).quoted();
        String integer = type(column).isEmpty() ? " bigint" : type(column);
        return new Draft(
                LintRule.CL3,
                table,
                LockMode.ACCESS_EXCLUSIVE,
                "Adding the column " + quoted + " with a number for every row" + rewrites(table),
                "CREATE SEQUENCE " + sequence + ";\n" + Safe.alter(table, "ADD COLUMN " + quoted + integer) + "\n"
                        + Safe.alter(
                                table,
                                "ALTER COLUMN " + quoted + " SET DEFAULT nextval('" + sequence.replace("'", "''")
                                        + "')")
                        + "\n-- athanor:backfill table=" + table.quoted() + "\nUPDATE " + table.quoted() + " SET "
                        + quoted
                        + " = nextval('" + sequence.replace("'", "''") + "') WHERE ${chunk} AND " + quoted
                        + " IS NULL;\n-- then NOT NULL, and the key by an index that is built concurrently");
    }

    private static Draft json(QualifiedName table, String column) {
        String quoted = QualifiedName.quote(column);
        return Draft.of(
                LintRule.CL4,
                table,
                "json has no equality: SELECT DISTINCT, GROUP BY and UNION over all columns of " + table
                        + " fail once it has one.",
                Safe.alter(table, "ADD COLUMN " + quoted + " jsonb"));
    }

    private static Draft expression(QualifiedName table, AlterAction.SetExpression set) {
        return new Draft(
                LintRule.CL12,
                table,
                LockMode.ACCESS_EXCLUSIVE,
                "A new expression of the generated column " + QualifiedName.quote(set.column()) + rewrites(table),
                Safe.replaceColumn(table, set.column(), "type"));
    }
}
