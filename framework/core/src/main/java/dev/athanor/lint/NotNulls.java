package dev.athanor.lint;

import dev.athanor.lint.Constraint.Kind;
import dev.athanor.lint.Statement.AlterTable;
import dev.athanor.sql.LockMode;
import dev.athanor.sql.QualifiedName;
import dev.athanor.sql.Token;
import dev.athanor.sql.TokenCursor;
import java.util.List;

/** NOT NULL set, forgotten and dropped: CO11, CO12, CO14. */
final class NotNulls implements Rule {
    @Override
    public void action(Site site, AlterTable alter, AlterAction action, Scope scope) {
        QualifiedName table = alter.name();
        if (!alter.isTable() || !scope.live(table, site)) {
            return;
        }
        if (action instanceof AlterAction.SetNotNull set) {
            if (alter.holdsRows() && !isProved(table, set.column(), scope)) {
                scope.report(site, scan(table, set.column(), scope));
            }
        } else if (action instanceof AlterAction.AddColumn add) {
            Column column = add.column();
            if (column.has(Kind.NOT_NULL) && !column.hasValue()) {
                scope.report(site, withoutDefault(table, column));
            }
        } else if (action instanceof AlterAction.DropNotNull drop
                && scope.live(table, drop.column(), site)
                && !Scope.undoes(site)) {
            scope.report(site, dropped(table, drop.column()));
        }
    }

    /** Whether the revision shows that the server need not look at the rows. */
    private static boolean isProved(QualifiedName table, String column, Scope scope) {
        TableState state = scope.history().table(table);
        TableState.ColumnState known = state.columns.get(column);
        if (known != null && known.notNull) {
            return true;
        }
        return scope.atLeast(12)
                && state.checksOf(column).stream()
                        .anyMatch(held ->
                                held.valid() && excludesNull(held.constraint().check(), column));
    }

    /** Whether a condition is {@code column IS NOT NULL}, in any of its spellings, perhaps AND something else. */
    static boolean excludesNull(Expression check, String column) {
        return Condition.conjuncts(check).stream()
                .anyMatch(part -> isNotNull(part.bare().code(), column));
    }

    private static boolean isNotNull(List<Token> code, String column) {
        TokenCursor cursor = new TokenCursor(code);
        boolean negated = cursor.skip("not");
        TokenCursor test =
                negated ? new TokenCursor(Expression.of(cursor.rest()).bare().code()) : cursor;
        if (!isColumn(test, column)) {
            return false;
        }
        boolean found = negated
                ? test.skip("is", "null") || test.skip("isnull")
                : test.skip("is", "not", "null") || test.skip("notnull") || test.skip("is", "distinct", "from", "null");
        return found && test.atEnd();
    }

    /** Steps over a column, perhaps with its table or in parentheses. */
    private static boolean isColumn(TokenCursor cursor, String column) {
        List<Token> inner = cursor.parenthesized();
        TokenCursor own = inner.isEmpty()
                ? cursor
                : new TokenCursor(Expression.of(inner).bare().code());
        List<String> parts = own.parts();
        boolean whole = inner.isEmpty() || own.atEnd();
        return whole && !parts.isEmpty() && parts.get(parts.size() - 1).equals(column);
    }

    private static Draft scan(QualifiedName table, String column, Scope scope) {
        String quoted = QualifiedName.quote(column);
        String name = QualifiedName.quote(Safe.name(table.name(), column, "not_null"));
        String safe = scope.atLeast(18)
                ? Safe.alter(table, "ADD CONSTRAINT " + name + " NOT NULL " + quoted + " NOT VALID")
                        + "\n-- fill the column by a backfill, then:\n" + Safe.LATER
                        + Safe.alter(table, "VALIDATE CONSTRAINT " + name)
                : Safe.notNull(table, column);
        return new Draft(
                LintRule.CO11,
                table,
                LockMode.ACCESS_EXCLUSIVE,
                "SET NOT NULL reads all rows of " + table + " under an ACCESS EXCLUSIVE lock: reads and writes wait. No"
                        + " CHECK (" + quoted + " IS NOT NULL) that was validated before spares it that.",
                safe);
    }

    private static Draft withoutDefault(QualifiedName table, Column column) {
        String quoted = QualifiedName.quote(column.name());
        String type = column.type() == null ? "" : " " + column.type().sql();
        return Draft.of(
                LintRule.CO12,
                table,
                "The column " + quoted + " is NOT NULL and has no default: the statement fails when " + table
                        + " has rows, and running code that does not know the column can no longer insert any.",
                Safe.alter(table, "ADD COLUMN " + quoted + type) + "\n" + Safe.notNull(table, column.name()));
    }

    private static Draft dropped(QualifiedName table, String column) {
        return Draft.of(
                LintRule.CO14,
                table,
                "Running code that reads " + QualifiedName.quote(column) + " of " + table
                        + " has never met a null there, and may fail on the first one.",
                "-- let every reader cope with nulls first, then:\n"
                        + Safe.alter(table, "ALTER COLUMN " + QualifiedName.quote(column) + " DROP NOT NULL"));
    }
}
