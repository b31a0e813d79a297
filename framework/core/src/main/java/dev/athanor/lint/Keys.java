package dev.athanor.lint;

import dev.athanor.lint.Constraint.Kind;
import dev.athanor.lint.Statement.AlterTable;
import dev.athanor.sql.LockMode;
import dev.athanor.sql.QualifiedName;
import java.util.List;

/** Constraints that build an index under an exclusive lock: CO8, CO9, CO10. */
final class Keys implements Rule {
    @Override
    public void action(Site site, AlterTable alter, AlterAction action, Scope scope) {
        if (!alter.isTable() || !scope.live(alter.name(), site)) {
            return;
        }
        QualifiedName table = alter.name();
        if (action instanceof AlterAction.AddConstraint add && add.constraint().usingIndex() == null) {
            report(site, table, add.constraint(), scope);
        } else if (action instanceof AlterAction.AddColumn add) {
            add.column().constraints().forEach(constraint -> report(site, table, constraint, scope));
        }
    }

    private static void report(Site site, QualifiedName table, Constraint constraint, Scope scope) {
        if (constraint.kind() == Kind.UNIQUE) {
            scope.report(site, unique(table, constraint));
        } else if (constraint.kind() == Kind.PRIMARY_KEY) {
            scope.report(site, primaryKey(table, constraint));
        } else if (constraint.kind() == Kind.EXCLUDE) {
            scope.report(site, exclude(table));
        }
    }

    private static String columns(List<String> columns) {
        return "("
                + String.join(", ", columns.stream().map(QualifiedName::quote).toList()) + ")";
    }

    /** The index first, concurrently; then the constraint takes it over. */
    private static String byIndex(QualifiedName table, Constraint constraint, String kind, String suffix) {
        String name = constraint.name() != null
                ? constraint.name()
                : Safe.name(table.name(), String.join("_", constraint.columns()), suffix);
        String nulls =
                constraint.definition().toLowerCase(java.util.Locale.ROOT).contains("nulls not distinct")
                        ? " NULLS NOT DISTINCT"
                        : "";
        return Safe.AUTOCOMMIT + "CREATE UNIQUE INDEX CONCURRENTLY " + QualifiedName.quote(name) + " ON "
                + table.quoted() + " " + columns(constraint.columns()) + nulls + ";\n-- athanor:expand\n"
                + Safe.alter(
                        table,
                        "ADD CONSTRAINT " + QualifiedName.quote(name) + " " + kind + " USING INDEX "
                                + QualifiedName.quote(name));
    }

    private static Draft unique(QualifiedName table, Constraint constraint) {
        return new Draft(
                LintRule.CO8,
                table,
                LockMode.ACCESS_EXCLUSIVE,
                "UNIQUE builds its index under an ACCESS EXCLUSIVE lock on " + table + ": reads and writes wait.",
                byIndex(table, constraint, "UNIQUE", "key"));
    }

    private static Draft primaryKey(QualifiedName table, Constraint constraint) {
        StringBuilder safe = new StringBuilder("-- first make sure that no key column can be null:\n");
        constraint
                .columns()
                .forEach(column -> safe.append(Safe.notNull(table, column)).append('\n'));
        return new Draft(
                LintRule.CO9,
                table,
                LockMode.ACCESS_EXCLUSIVE,
                "PRIMARY KEY builds its index, and looks for nulls in all rows, under an ACCESS EXCLUSIVE lock on "
                        + table + ": reads and writes wait.",
                safe + byIndex(table, constraint, "PRIMARY KEY", "pkey"));
    }

    private static Draft exclude(QualifiedName table) {
        return new Draft(
                LintRule.CO10,
                table,
                LockMode.ACCESS_EXCLUSIVE,
                "EXCLUDE builds its index under an ACCESS EXCLUSIVE lock on " + table
                        + ": reads and writes wait. It cannot be added NOT VALID.",
                "-- no way without a pause: make a new table with the constraint, copy the rows by a backfill and swap the"
                        + " two, or add it in a maintenance window");
    }
}
