package dev.athanor.lint;

import dev.athanor.lint.Statement.AlterTable;
import dev.athanor.lint.TableState.ColumnState;
import dev.athanor.sql.QualifiedName;
import java.util.Locale;
import java.util.Set;

/** Defaults: CL5, CL10, CL11. */
final class Defaults implements Rule {
    /** How mappers of classes to tables call the column that tells the class of a row. */
    private static final Set<String> DISCRIMINATORS = Set.of(
            "type",
            "dtype",
            "discr",
            "discriminator",
            "clazz",
            "clazz_",
            "_type",
            "_class",
            "class_type",
            "class_name",
            "entity_type",
            "sti_type");

    @Override
    public void action(Site site, AlterTable alter, AlterAction action, Scope scope) {
        QualifiedName table = alter.name();
        if (!alter.isTable() || !scope.live(table, site)) {
            return;
        }
        if (action instanceof AlterAction.SetDefault set) {
            ColumnState state = scope.history().table(table).columns.get(set.column());
            boolean made = state != null && state.made;
            if (state != null && made && !state.hasDefault && isConstant(set.value()) && scope.atLeast(11)) {
                scope.report(site, twoSteps(table, set, state));
            } else if (!made && !Scope.undoes(site)) {
                scope.report(site, changed(table, set));
            }
            if (!set.value().isNull()) {
                discriminator(site, table, set.column(), scope);
            }
        } else if (action instanceof AlterAction.AddColumn add) {
            Expression value = add.column().value();
            if (value != null && !value.isNull()) {
                discriminator(site, table, add.column().name(), scope);
            }
        }
    }

    private static boolean isConstant(Expression value) {
        return !value.isNull() && value.functions().isEmpty() && !value.hasWord(Words.STABLE);
    }

    private static void discriminator(Site site, QualifiedName table, String column, Scope scope) {
        if (DISCRIMINATORS.contains(column.toLowerCase(Locale.ROOT))) {
            scope.report(
                    site,
                    Draft.of(
                            LintRule.CL11,
                            table,
                            "The column " + QualifiedName.quote(column)
                                    + " looks like the one by which a mapper tells classes apart. With a default, running code"
                                    + " reads rows of a class that it does not know.",
                            "-- two deploys: first code that ignores the column, then:\n" + site.text() + ";"));
        }
    }

    private static Draft twoSteps(QualifiedName table, AlterAction.SetDefault set, ColumnState state) {
        String type = state.type == null ? "" : " " + state.type.sql();
        return Draft.of(
                LintRule.CL5,
                table,
                "The column " + QualifiedName.quote(set.column())
                        + " is added first and gets its constant default later: since PostgreSQL 11 one step does both"
                        + " without a rewrite, and fills the rows that are there.",
                Safe.alter(
                        table,
                        "ADD COLUMN " + QualifiedName.quote(set.column()) + type + " DEFAULT "
                                + set.value().text()));
    }

    private static Draft changed(QualifiedName table, AlterAction.SetDefault set) {
        String column = QualifiedName.quote(set.column());
        return Draft.of(
                LintRule.CL10,
                table,
                "Mappers that leave out a column whose value equals the default they know insert the new default of "
                        + column + " of " + table + " where the old one is meant.",
                "-- make running code write " + column + " always, then:\n" + site(table, set));
    }

    private static String site(QualifiedName table, AlterAction.SetDefault set) {
        return Safe.alter(
                table,
                "ALTER COLUMN " + QualifiedName.quote(set.column()) + " SET DEFAULT "
                        + set.value().text());
    }
}
