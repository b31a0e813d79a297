package dev.athanor.lint;

import dev.athanor.lint.Statement.AlterDomain;
import dev.athanor.lint.Statement.CreateDomain;
import dev.athanor.sql.LockMode;
import dev.athanor.sql.QualifiedName;

/** Constraints of domains: CO15, CO16. */
final class Domains implements Rule {
    @Override
    public void statement(Site site, Scope scope) {
        if (site.statement() instanceof CreateDomain domain && domain.constrained()) {
            scope.report(site, created(domain));
        } else if (site.statement() instanceof AlterDomain domain
                && domain.checks()
                && scope.history().madeIn(domain.name()) != site.transaction()) {
            scope.report(site, changed(domain));
        }
    }

    private static Draft created(CreateDomain domain) {
        String type = domain.type() == null ? "text" : domain.type().sql();
        return Draft.of(
                LintRule.CO15,
                domain.name(),
                "A constraint of the domain " + domain.name()
                        + " can only be changed by checking every column that uses it, in one transaction.",
                "-- keep the domain bare, and the constraint on each table:\nCREATE DOMAIN "
                        + domain.name().quoted() + " AS " + type + ";");
    }

    private static Draft changed(AlterDomain domain) {
        String name = QualifiedName.quote(Safe.name(domain.name().name(), "check"));
        return new Draft(
                LintRule.CO16,
                domain.name(),
                LockMode.SHARE,
                "A new constraint of the domain " + domain.name()
                        + " is checked on every column that uses it, while a SHARE lock on each of their tables makes writes"
                        + " wait.",
                "-- for each table that uses it:\nALTER TABLE … ADD CONSTRAINT " + name + " CHECK (…) NOT VALID;\n"
                        + Safe.LATER + "ALTER TABLE … VALIDATE CONSTRAINT " + name + ";");
    }
}
