package dev.athanor.lint;

import dev.athanor.lint.Constraint.Kind;
import dev.athanor.lint.Statement.AlterTable;
import dev.athanor.sql.LockMode;
import dev.athanor.sql.QualifiedName;
import java.util.Objects;

/** Foreign keys that look at all rows while both tables are locked: CO1, CO2. */
final class ForeignKeys implements Rule {
    @Override
    public void action(Site site, AlterTable alter, AlterAction action, Scope scope) {
        if (!alter.isTable()) {
            return;
        }
        if (action instanceof AlterAction.AddConstraint add && add.constraint().kind() == Kind.FOREIGN_KEY) {
            Constraint key = add.constraint();
            boolean refused = key.notValid() && onPartitioned(alter.name(), scope);
            if (refused) {
                scope.report(site, refused(alter.name(), key, scope));
            } else if (key.scans() && locks(alter.name(), key, site, scope)) {
                scope.report(site, added(alter.name(), key, scope));
            }
        } else if (action instanceof AlterAction.AddColumn add) {
            add.column()
                    .constraint(Kind.FOREIGN_KEY)
                    .filter(key -> key.scans() && locks(alter.name(), key, site, scope))
                    .ifPresent(key -> scope.report(site, inline(alter.name(), add.column(), key, scope)));
        }
    }

    /** Whether the server would refuse a key of the table that is NOT VALID. */
    private static boolean onPartitioned(QualifiedName table, Scope scope) {
        return !scope.atLeast(18) && scope.history().table(table).partitioned;
    }

    private static String safe(QualifiedName table, Constraint key, String definition, Scope scope) {
        String name = name(table, key);
        if (!onPartitioned(table, scope)) {
            return Safe.notValidFirst(table, name, definition);
        }
        String plain = definition.replaceFirst("(?i)\\s+not\\s+valid\\b", "");
        return "-- for each partition:\n"
                + Safe.notValidFirst(new QualifiedName(null, "partition"), name, plain)
                + "\n-- then " + table + ", which takes over the valid keys of its partitions:\n" + Safe.LATER
                + Safe.alter(table, "ADD CONSTRAINT " + QualifiedName.quote(name) + " " + plain);
    }

    /** A new table is no excuse: the other one is locked as well. */
    private static boolean locks(QualifiedName table, Constraint key, Site site, Scope scope) {
        return scope.live(table, site) || scope.live(Objects.requireNonNull(key.referenced()), site);
    }

    private static String lockedBoth(QualifiedName table, Constraint key) {
        return "takes a SHARE ROW EXCLUSIVE lock on " + table + " and on " + key.referenced()
                + ": writes to both wait while all rows of " + table + " are checked.";
    }

    private static Draft refused(QualifiedName table, Constraint key, Scope scope) {
        return Draft.of(
                LintRule.CO1,
                table,
                table
                        + " is partitioned: before PostgreSQL 18 the server refuses a foreign key of it that is NOT VALID.",
                safe(table, key, key.definition(), scope));
    }

    private static Draft added(QualifiedName table, Constraint key, Scope scope) {
        return new Draft(
                LintRule.CO1,
                table,
                LockMode.SHARE_ROW_EXCLUSIVE,
                "Adding a foreign key that is valid at once " + lockedBoth(table, key),
                safe(table, key, key.definition(), scope));
    }

    private static Draft inline(QualifiedName table, Column column, Constraint key, Scope scope) {
        String type = column.type() == null ? "" : " " + column.type().sql();
        String quoted = QualifiedName.quote(column.name());
        return new Draft(
                LintRule.CO2,
                table,
                LockMode.SHARE_ROW_EXCLUSIVE,
                "Adding a column with REFERENCES " + lockedBoth(table, key),
                Safe.alter(table, "ADD COLUMN " + quoted + type) + "\n-- athanor:expand\n"
                        + safe(table, key, "FOREIGN KEY (" + quoted + ") " + key.definition(), scope));
    }

    static String name(QualifiedName table, Constraint key) {
        String column = key.columns().isEmpty() ? "key" : key.columns().get(0);
        return key.name() != null ? key.name() : Safe.name(table.name(), column, "fkey");
    }
}
