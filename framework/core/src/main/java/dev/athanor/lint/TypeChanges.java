package dev.athanor.lint;

import dev.athanor.lint.Constraint.Kind;
import dev.athanor.lint.Statement.AlterTable;
import dev.athanor.sql.LockMode;
import dev.athanor.sql.QualifiedName;
import dev.athanor.sql.Token;
import dev.athanor.sql.TokenCursor;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Changed types: CL6, CL7, CO13. */
final class TypeChanges implements Rule {
    /** Names of the time zone in which a timestamp reads the same with and without a zone. */
    private static final Set<String> UTC =
            Set.of("utc", "gmt", "uct", "zulu", "universal", "etc/utc", "etc/gmt", "etc/uct", "etc/zulu", "0");

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
        boolean utc = scope.atLeast(12) && isUtc(site, scope);
        boolean plain = !change.collated() && (change.using() == null || isPlainCast(change, change.using()));
        boolean indexed = isIndexed(table, change.column(), scope);
        if (before == null || !plain || !TypeWidening.keepsRows(before, change.type(), indexed, utc)) {
            scope.report(site, rewrite(table, change, before));
        } else if (!before.equals(change.type()) && isComputed(table, change.column(), scope)) {
            scope.report(site, rebuild(table, change));
        }
        boolean checked = scope.history().table(table).checksOf(change.column()).stream()
                .anyMatch(held -> held.valid() && !held.constraint().notEnforced());
        if (checked) {
            scope.report(site, checked(table, change));
        }
    }

    /** Whether an index depends on the column, be it by a constraint. */
    private static boolean isIndexed(QualifiedName table, String column, Scope scope) {
        boolean byKey = scope.history().table(table).constraints.values().stream()
                .map(TableState.Held::constraint)
                .filter(constraint -> constraint.kind() == Kind.UNIQUE || constraint.kind() == Kind.PRIMARY_KEY)
                .anyMatch(constraint -> constraint.columns().contains(column));
        return byKey
                || scope.history().indexesOf(table).stream()
                        .anyMatch(index -> index.names().contains(column));
    }

    /** Whether an index depends on the column that the server never keeps: one with an expression or a condition. */
    private static boolean isComputed(QualifiedName table, String column, Scope scope) {
        return scope.history().indexesOf(table).stream()
                .anyMatch(index -> index.computed() && index.names().contains(column));
    }

    /** Whether the text has set the session's time zone to UTC, for this statement too. */
    private static boolean isUtc(Site site, Scope scope) {
        String zone = "";
        for (Site other : scope.sites().subList(0, site.index())) {
            boolean same = other.transaction() == site.transaction();
            boolean carried = other.sectionIndex() == site.sectionIndex()
                    && !site.section().transactional();
            for (Statement.SetParameter set : settings(other)) {
                boolean holds = same || carried && !set.local();
                if (holds && set.name().equals("timezone")) {
                    zone = set.value() == null ? "" : set.value();
                }
            }
        }
        return UTC.contains(zone.toLowerCase(Locale.ROOT));
    }

    private static List<Statement.SetParameter> settings(Site site) {
        if (site.statement() instanceof Statement.SetParameter set) {
            return List.of(set);
        }
        return site.statement() instanceof Statement.Rows rows ? rows.settings() : List.of();
    }

    /** Whether USING is the column itself, or its cast to the new type. */
    private static boolean isPlainCast(AlterAction.ChangeType change, Expression using) {
        List<Token> code = using.bare().code();
        TokenCursor cursor = new TokenCursor(code);
        if (cursor.skip("cast")) {
            List<Token> inner = cursor.parenthesized();
            int as = 0;
            while (as < inner.size() && !inner.get(as).isWord("as")) {
                as++;
            }
            TokenCursor type = new TokenCursor(inner.subList(Math.min(as + 1, inner.size()), inner.size()));
            return cursor.atEnd()
                    && isColumn(inner.subList(0, as), change.column())
                    && change.type().equals(TypeName.read(type))
                    && type.atEnd();
        }
        int cast = 0;
        while (cast < code.size() && !code.get(cast).isSymbol("::")) {
            cast++;
        }
        if (cast == code.size() || !isColumn(code.subList(0, cast), change.column())) {
            return cast == code.size() && isColumn(code, change.column());
        }
        TokenCursor type = new TokenCursor(code.subList(cast + 1, code.size()));
        return change.type().equals(TypeName.read(type)) && type.atEnd();
    }

    private static boolean isColumn(List<Token> code, String column) {
        TokenCursor cursor = new TokenCursor(Expression.of(code).bare().code());
        List<String> parts = cursor.parts();
        return cursor.atEnd() && !parts.isEmpty() && parts.get(parts.size() - 1).equals(column);
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

    private static Draft rebuild(QualifiedName table, AlterAction.ChangeType change) {
        return new Draft(
                LintRule.CL6,
                table,
                LockMode.ACCESS_EXCLUSIVE,
                "Changing the type of " + QualifiedName.quote(change.column()) + " to "
                        + change.type().sql()
                        + " leaves the rows as they are, but builds each index anew that has it in an expression or a"
                        + " condition, under an ACCESS EXCLUSIVE lock on " + table + ": reads and writes wait.",
                "-- drop those indexes concurrently, change the type, and build them concurrently again:\n"
                        + Safe.alter(
                                table,
                                "ALTER COLUMN " + QualifiedName.quote(change.column()) + " TYPE "
                                        + change.type().sql()));
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
