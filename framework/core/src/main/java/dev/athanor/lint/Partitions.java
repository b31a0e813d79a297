package dev.athanor.lint;

import dev.athanor.lint.Constraint.Kind;
import dev.athanor.lint.Statement.AlterTable;
import dev.athanor.sql.LockMode;
import dev.athanor.sql.QualifiedName;
import dev.athanor.sql.Token;
import dev.athanor.sql.TokenKind;
import java.util.HashSet;
import java.util.Set;

/** Partitions that come and go: TB9, TB10. */
final class Partitions implements Rule {
    @Override
    public void action(Site site, AlterTable alter, AlterAction action, Scope scope) {
        if (!alter.isTable()) {
            return;
        }
        QualifiedName parent = alter.name();
        if (action instanceof AlterAction.Detach detach) {
            boolean waits = !detach.concurrently() && !detach.finalizes();
            if (detach.concurrently() && site.inTransaction()) {
                scope.report(site, insideTransaction(parent, detach));
            } else if (detach.concurrently() && scope.history().table(parent).defaultPartition) {
                scope.report(site, besideDefault(parent, detach));
            } else if (waits && scope.atLeast(14) && scope.live(parent, site)) {
                scope.report(site, exclusive(parent, detach));
            }
        } else if (action instanceof AlterAction.Attach attach
                && scope.live(attach.partition(), site)
                && !isProved(attach, scope)) {
            scope.report(site, scan(parent, attach));
        }
    }

    /** Whether a valid CHECK of the partition speaks of every value of the bound. */
    private static boolean isProved(AlterAction.Attach attach, Scope scope) {
        Set<String> values = new HashSet<>();
        for (Token token : attach.bound().code()) {
            if (token.kind() == TokenKind.STRING || token.kind() == TokenKind.NUMBER) {
                values.add(token.text());
            }
        }
        TableState partition = scope.history().table(attach.partition());
        Set<String> checked = new HashSet<>();
        Set<String> columns = new HashSet<>();
        for (TableState.Held held : partition.constraints.values()) {
            if (held.valid() && held.constraint().kind() == Kind.CHECK) {
                Expression check = held.constraint().check();
                check.code().forEach(token -> checked.add(token.text()));
                columns.addAll(check.columns());
            }
        }
        return !values.isEmpty()
                && checked.containsAll(values)
                && columns.stream().noneMatch(column -> mayBeNull(partition, column));
    }

    /** Whether the revision shows a column whose nulls no check keeps out: a bound does not hold for them. */
    private static boolean mayBeNull(TableState partition, String column) {
        TableState.ColumnState known = partition.columns.get(column);
        boolean excluded = partition.checksOf(column).stream()
                .anyMatch(held ->
                        held.valid() && NotNulls.excludesNull(held.constraint().check(), column));
        return known != null && known.type != null && !known.notNull && !excluded;
    }

    private static String detach(QualifiedName parent, AlterAction.Detach detach) {
        return Safe.LATER.replace("\n", " transaction=none\n")
                + Safe.alter(parent, "DETACH PARTITION " + detach.partition().quoted() + " CONCURRENTLY");
    }

    private static Draft insideTransaction(QualifiedName parent, AlterAction.Detach detach) {
        return Draft.of(
                LintRule.TB9,
                parent,
                "The server refuses DETACH PARTITION … CONCURRENTLY inside a transaction.",
                detach(parent, detach));
    }

    private static Draft besideDefault(QualifiedName parent, AlterAction.Detach detach) {
        return Draft.of(
                LintRule.TB9,
                parent,
                parent + " has a default partition: the server refuses to detach any of its partitions concurrently.",
                "-- detach the default partition first, while nothing is written that belongs there, or in a short pause:\n"
                        + Safe.LATER
                        + Safe.alter(
                                parent, "DETACH PARTITION " + detach.partition().quoted()));
    }

    private static Draft exclusive(QualifiedName parent, AlterAction.Detach detach) {
        return new Draft(
                LintRule.TB9,
                parent,
                LockMode.ACCESS_EXCLUSIVE,
                "DETACH PARTITION takes an ACCESS EXCLUSIVE lock on " + parent
                        + ": reads and writes of all its partitions wait for it.",
                detach(parent, detach));
    }

    private static Draft scan(QualifiedName parent, AlterAction.Attach attach) {
        QualifiedName partition = attach.partition();
        String check = QualifiedName.quote(Safe.name(partition.name(), "bound"));
        String bound = attach.bound().isEmpty() ? "DEFAULT" : attach.bound().text();
        return new Draft(
                LintRule.TB10,
                partition,
                LockMode.ACCESS_EXCLUSIVE,
                "ATTACH PARTITION reads all rows of " + partition
                        + " under an ACCESS EXCLUSIVE lock on it: no valid CHECK shows that they belong there.",
                Safe.alter(partition, "ADD CONSTRAINT " + check + " CHECK (/* " + bound + " */) NOT VALID")
                        + "\n-- athanor:expand\n" + Safe.alter(partition, "VALIDATE CONSTRAINT " + check)
                        + "\n-- athanor:expand\n"
                        + Safe.alter(parent, "ATTACH PARTITION " + partition.quoted() + " " + bound) + "\n"
                        + Safe.alter(partition, "DROP CONSTRAINT " + check));
    }
}
