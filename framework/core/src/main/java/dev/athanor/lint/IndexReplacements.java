package dev.athanor.lint;

import dev.athanor.lint.History.DroppedIndex;
import dev.athanor.lint.Statement.AlterTable;
import dev.athanor.lint.Statement.CreateIndex;
import dev.athanor.sql.QualifiedName;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** IX7: an index that is dropped before another one takes its place. */
final class IndexReplacements implements Rule {
    @Override
    public void statement(Site site, Scope scope) {
        if (site.statement() instanceof CreateIndex index && !index.keys().isEmpty()) {
            Expression key = index.keys().get(0).text();
            String first = index.keys().get(0).column() == null
                    ? key.text()
                    : index.keys().get(0).column();
            look(new Built(index.table(), index.name(), first), site, scope);
        }
    }

    @Override
    public void action(Site site, AlterTable alter, AlterAction action, Scope scope) {
        if (action instanceof AlterAction.AddConstraint add && isKey(add.constraint())) {
            Constraint key = add.constraint();
            String name = key.name() == null && key.kind() == Constraint.Kind.PRIMARY_KEY
                    ? alter.name().name() + "_pkey"
                    : key.name();
            look(new Built(alter.name(), name, key.columns().get(0)), site, scope);
        }
    }

    private static boolean isKey(Constraint constraint) {
        boolean key = constraint.kind() == Constraint.Kind.UNIQUE || constraint.kind() == Constraint.Kind.PRIMARY_KEY;
        return key && constraint.usingIndex() == null && !constraint.columns().isEmpty();
    }

    /** An index that is built, with its first column or expression. */
    private record Built(QualifiedName table, @Nullable String name, String first) {}

    private static void look(Built built, Site site, Scope scope) {
        if (!scope.live(built.table(), site)) {
            return;
        }
        for (DroppedIndex dropped : scope.history().droppedIndexes()) {
            if (Scope.undoes(dropped.site()) == Scope.undoes(site) && replaces(built, dropped, scope)) {
                scope.report(dropped.site(), draft(built, dropped, site), site);
                return;
            }
        }
    }

    private static Draft draft(Built built, DroppedIndex dropped, Site site) {
        String name = QualifiedName.quote(dropped.name().name());
        String next = built.name() == null ? dropped.name().name() : built.name();
        return Draft.of(
                LintRule.IX7,
                built.table(),
                name + " is dropped before its replacement on " + built.table()
                        + " is built: queries that need it read the whole table in between.",
                Safe.AUTOCOMMIT + "-- first build the new one, under another name such as "
                        + QualifiedName.quote(Safe.name(next, "new")) + ":\n" + site.text() + ";\n-- then:\n"
                        + dropped.site().text() + ";");
    }

    private static boolean replaces(Built built, DroppedIndex dropped, Scope scope) {
        QualifiedName table = scope.history().key(built.table());
        boolean sameSchema = Objects.equals(dropped.name().schema(), table.schema());
        if (!sameSchema || dropped.table() != null && !dropped.table().equals(table)) {
            return false;
        }
        if (dropped.name().name().equals(built.name())) {
            return true;
        }
        return dropped.columns().isEmpty()
                ? namesColumn(dropped.name().name(), table.name(), built.first())
                : dropped.columns().get(0).equals(built.first());
    }

    /** Index names say what they are on, as a rule: {@code ix_tickets_kind}, {@code tickets_kind_key}. */
    private static boolean namesColumn(String index, String table, String column) {
        int at = index.indexOf(table + "_");
        return at >= 0 && (index.substring(at + table.length()) + "_").startsWith("_" + column + "_");
    }
}
