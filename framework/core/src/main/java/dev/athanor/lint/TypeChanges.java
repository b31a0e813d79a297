package dev.athanor.lint;

import dev.athanor.lint.Statement.AlterTable;
import dev.athanor.sql.LockMode;
import dev.athanor.sql.QualifiedName;
import org.jspecify.annotations.Nullable;

/** Changed types: CL6, CL7, CO13. */
final class TypeChanges implements Rule {
    @Override
    public void action(Site site, AlterTable alter, AlterAction action, Scope scope) {
        QualifiedName table = alter.name();
        if (!alter.isTable() || !scope.live(table, site)) {
            return;
        }
        if (action instanceof AlterAction.ChangeType change) {
            changed(site, table, change, scope);
            if (before(table, change.column(), scope).notNullIn == site.transaction()) {
                scope.report(site, together(table, change.column()));
            }
        } else if (action instanceof AlterAction.SetNotNull set
                && before(table, set.column(), scope).retypedIn == site.transaction()) {
            scope.report(site, together(table, set.column()));
        }
    }

    private static TableState.ColumnState before(QualifiedName table, String column, Scope scope) {
        return scope.history().table(table).columns.getOrDefault(column, new TableState.ColumnState());
    }

    private static void changed(Site site, QualifiedName table, AlterAction.ChangeType change, Scope scope) {
        @Nullable TypeName before = before(table, change.column(), scope).type;
        boolean indexed = scope.history().indexesOf(table).stream()
                .anyMatch(index -> index.columns().contains(change.column()));
        boolean utc = scope.atLeast(12) && isUtc(site, scope);
        boolean plain = !change.collated() && (change.using() == null || isPlainCast(change, change.using()));
        if (before == null || !plain || !TypeWidening.keepsRows(before, change.type(), indexed, utc)) {
            scope.report(site, rewrite(table, change, before));
        }
        boolean checked = scope.history().table(table).checksOf(change.column()).stream()
                .anyMatch(held -> held.valid() && !held.constraint().notEnforced());
        if (checked) {
            scope.report(site, checked(table, change));
        }
    }

    /** Whether the text sets the session's time zone to UTC before. */
    private static boolean isUtc(Site site, Scope scope) {
        String zone = "";
        for (Site other : scope.before(site)) {
            if (other.statement() instanceof Statement.SetParameter set
                    && set.name().equals("timezone")) {
                zone = set.value() == null ? "" : set.value();
            }
        }
        return zone.equalsIgnoreCase("utc");
    }

    /** Whether USING is the column itself, or its cast to the new type. */
    private static boolean isPlainCast(AlterAction.ChangeType change, Expression using) {
        String column = QualifiedName.quote(change.column());
        String text = using.bare().text().replaceAll("\\s+", " ");
        var code = using.bare().code();
        if (code.isEmpty() || !code.get(0).isName() || !code.get(0).identifier().equals(change.column())) {
            return text.equals(column);
        }
        if (code.size() == 1) {
            return true;
        }
        var cursor = new dev.athanor.sql.TokenCursor(code.subList(1, code.size()));
        if (!cursor.skipSymbol("::")) {
            return false;
        }
        TypeName cast = TypeName.read(cursor);
        return change.type().equals(cast) && cursor.atEnd();
    }

    private static Draft rewrite(QualifiedName table, AlterAction.ChangeType change, @Nullable TypeName before) {
        String from = before == null ? "from a type that the revision does not show" : "from " + before.sql();
        return new Draft(
                LintRule.CL6,
                table,
                LockMode.ACCESS_EXCLUSIVE,
                "Changing the type of " + QualifiedName.quote(change.column()) + " " + from + " to "
                        + change.type().sql() + " rewrites " + table
                        + " and its indexes under an ACCESS EXCLUSIVE lock: reads and writes wait, and clients that know the"
                        + " old type may break.",
                Safe.replaceColumn(table, change.column(), change.type().sql()));
    }

    private static Draft checked(QualifiedName table, AlterAction.ChangeType change) {
        String quoted = QualifiedName.quote(change.column());
        return new Draft(
                LintRule.CL7,
                table,
                LockMode.ACCESS_EXCLUSIVE,
                "The column " + quoted + " has a CHECK: when its type changes, every row of " + table
                        + " is checked again under an ACCESS EXCLUSIVE lock.",
                "-- drop the checks, change the type, then add them again:\n"
                        + Safe.alter(table, "DROP CONSTRAINT check_of_the_column") + "\n"
                        + Safe.alter(
                                table,
                                "ALTER COLUMN " + quoted + " TYPE "
                                        + change.type().sql()) + "\n"
                        + Safe.alter(table, "ADD CONSTRAINT check_of_the_column CHECK (…) NOT VALID") + "\n"
                        + Safe.LATER
                        + Safe.alter(table, "VALIDATE CONSTRAINT check_of_the_column"));
    }

    private static Draft together(QualifiedName table, String column) {
        return new Draft(
                LintRule.CO13,
                table,
                LockMode.ACCESS_EXCLUSIVE,
                "The type of " + QualifiedName.quote(column)
                        + " changes and NOT NULL is set in one transaction: all rows of " + table
                        + " are read under the ACCESS EXCLUSIVE lock of the first change.",
                "-- change the type in one section, and in later ones:\n" + Safe.notNull(table, column));
    }
}
