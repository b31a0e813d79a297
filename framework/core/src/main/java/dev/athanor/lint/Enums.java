package dev.athanor.lint;

import dev.athanor.lint.Statement.AddEnumValue;
import dev.athanor.sql.TokenKind;
import java.util.List;

/** EN2: a value that is added to an enum without saying where, or where it cannot be added or used yet. */
final class Enums implements Rule {
    @Override
    public void statement(Site site, Scope scope) {
        if (!(site.statement() instanceof AddEnumValue add)) {
            return;
        }
        boolean made = scope.history().madeIn(add.type()) == site.transaction();
        if (!add.positioned()) {
            scope.report(site, last(add));
        } else if (site.inTransaction() && !made && !scope.atLeast(12)) {
            scope.report(site, alone(add, site, "Before PostgreSQL 12 the server adds no value inside a transaction."));
        } else if (site.inTransaction() && !made && isUsedLater(add, site, scope)) {
            String why = "The new value " + text(add) + " of " + add.type()
                    + " cannot be used before the transaction that adds it has committed.";
            scope.report(site, alone(add, site, why));
        }
    }

    private static boolean isUsedLater(AddEnumValue add, Site site, Scope scope) {
        List<Site> later = scope.transaction(site).stream()
                .filter(other -> other.index() > site.index())
                .toList();
        return later.stream()
                .filter(other -> other.statement() instanceof Statement.Rows)
                .flatMap(other -> other.code().stream())
                .anyMatch(token -> token.kind() == TokenKind.STRING
                        && SetReader.string(token).equals(add.value()));
    }

    private static String text(AddEnumValue add) {
        return "'" + add.value().replace("'", "''") + "'";
    }

    private static Draft last(AddEnumValue add) {
        return Draft.of(
                LintRule.EN2,
                add.type(),
                "The value " + text(add) + " of " + add.type()
                        + " sorts behind all others, and its place cannot be changed later.",
                "ALTER TYPE " + add.type().quoted() + " ADD VALUE IF NOT EXISTS " + text(add)
                        + " AFTER 'the value before it';");
    }

    private static Draft alone(AddEnumValue add, Site site, String why) {
        return Draft.of(LintRule.EN2, add.type(), why, Safe.AUTOCOMMIT + site.text() + ";");
    }
}
