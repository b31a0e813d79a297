package dev.athanor.lint;

import dev.athanor.lint.Statement.AlterTable;
import dev.athanor.lint.Statement.CreateDomain;
import dev.athanor.lint.Statement.CreateTable;
import dev.athanor.sql.QualifiedName;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Types that are regretted later: TY1 to TY5. New tables are no excuse. */
final class ColumnTypes implements Rule {
    /** As people write it who did not think of another type; CHAR VARYING is chosen on purpose. */
    private static final Pattern VARCHAR = Pattern.compile("(?i)varchar|character\\s+varying");

    @Override
    public void statement(Site site, Scope scope) {
        if (site.statement() instanceof CreateTable create) {
            create.columns().forEach(column -> look(site, create.name(), column.name(), column.type(), scope));
        } else if (site.statement() instanceof CreateDomain domain) {
            look(site, domain.name(), domain.name().name(), domain.type(), scope);
        }
    }

    @Override
    public void action(Site site, AlterTable alter, AlterAction action, Scope scope) {
        if (action instanceof AlterAction.AddColumn add) {
            look(site, alter.name(), add.column().name(), add.column().type(), scope);
        } else if (action instanceof AlterAction.ChangeType change) {
            look(site, alter.name(), change.column(), change.type(), scope);
        }
    }

    private static void look(Site site, QualifiedName table, String column, @Nullable TypeName type, Scope scope) {
        if (type == null || type.schema() != null) {
            return;
        }
        Of of = new Of(site, table, QualifiedName.quote(column), type, scope);
        if (type.stored().is("integer") || type.stored().is("smallint")) {
            runsOut(of, type.stored().name());
        }
        if (type.isSerial() && scope.atLeast(10)) {
            of.report(
                    LintRule.TY2,
                    "its sequence has permissions and an owner of its own, and anyone may write other numbers into the column.",
                    "bigint GENERATED ALWAYS AS IDENTITY");
        }
        if (type.is("varchar")
                && !type.modifiers().isEmpty()
                && VARCHAR.matcher(site.text()).find()) {
            String check =
                    " CHECK (length(" + of.column() + ") <= " + type.modifiers().get(0) + ")";
            of.report(
                    LintRule.TY3,
                    "a shorter limit later rewrites the table, another CHECK does not.",
                    type.array() ? "text[]" : "text" + check);
        }
        if (type.is("char")) {
            of.report(
                    LintRule.TY4,
                    "values are padded with blanks, which count in some comparisons and not in others.",
                    "text" + of.array());
        }
        if (type.is("timestamp")) {
            of.report(
                    LintRule.TY5,
                    "without a time zone the offset of what is written is dropped, and the moment it meant with it.",
                    "timestamptz" + of.array());
        }
    }

    private static void runsOut(Of of, String integer) {
        String limit = integer.equals("integer") ? "2147483647" : "32767";
        of.report(
                LintRule.TY1,
                "it runs out at " + limit + ", and a larger type later rewrites the table.",
                "bigint" + of.array());
    }

    /** A column with its type. */
    private record Of(Site site, QualifiedName table, String column, TypeName type, Scope scope) {
        String array() {
            return type.array() ? "[]" : "";
        }

        void report(LintRule rule, String why, String better) {
            String message = column + " of " + table + " is " + type.sql() + ": " + why;
            scope.report(site, Draft.of(rule, table, message, column + " " + better));
        }
    }
}
