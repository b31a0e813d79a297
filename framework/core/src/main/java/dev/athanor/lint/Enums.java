package dev.athanor.lint;

import dev.athanor.lint.Statement.AddEnumValue;

/** EN2: a value that is added to an enum without saying where. */
final class Enums implements Rule {
    @Override
    public void statement(Site site, Scope scope) {
        if (site.statement() instanceof AddEnumValue add && !add.positioned()) {
            String value = "'" + add.value().replace("'", "''") + "'";
            scope.report(
                    site,
                    Draft.of(
                            LintRule.EN2,
                            add.type(),
                            "The value " + value + " of " + add.type()
                                    + " sorts behind all others, and its place cannot be changed later.",
                            "ALTER TYPE " + add.type().quoted() + " ADD VALUE IF NOT EXISTS " + value
                                    + " AFTER 'the value before it';"));
        }
    }
}
