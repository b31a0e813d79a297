package dev.athanor.lint;

import dev.athanor.lint.Statement.Control;

/** BEGIN and COMMIT where they do not belong, or one without the other: TX3, TX4, TX8. */
final class TransactionControl implements Rule {
    @Override
    public void statement(Site site, Scope scope) {
        if (!(site.statement() instanceof Control control)) {
            return;
        }
        boolean begins = control.kind() == Control.Kind.BEGIN;
        if (control.kind() == Control.Kind.PREPARE) {
            scope.report(site, prepared());
        } else if (site.section().transactional()) {
            scope.report(
                    site,
                    Draft.of(
                            LintRule.TX3,
                            "The section is one transaction, which Athanor begins and commits: "
                                    + site.text().strip() + " breaks it in two.",
                            "-- leave it out, or make two sections"));
        } else if (begins) {
            begin(site, scope);
        }
    }

    private static Draft prepared() {
        return Draft.of(
                LintRule.TX8,
                "A prepared transaction keeps all its locks, also when the session ends, until somebody ends it by its"
                        + " name; and what Athanor notes of the section is no part of it.",
                "-- leave it out, and the section commits");
    }

    private static void begin(Site site, Scope scope) {
        boolean nested = scope.before(site).stream()
                .anyMatch(other -> other.statement() instanceof Control before && before.kind() == Control.Kind.BEGIN);
        if (nested) {
            scope.report(
                    site,
                    Draft.of(
                            LintRule.TX3,
                            "A transaction is open already: this BEGIN only warns, and the next COMMIT ends all of it.",
                            "-- leave the second BEGIN out"));
            return;
        }
        Control last = null;
        for (Site other : scope.transaction(site)) {
            last = other.statement() instanceof Control control ? control : last;
        }
        if (last != null && (last.kind() == Control.Kind.BEGIN || last.chain())) {
            scope.report(
                    site,
                    Draft.of(
                            LintRule.TX4,
                            "The transaction is begun and never ended: what it does is taken back when the section ends.",
                            site.text() + ";\n-- …\nCOMMIT;"));
        }
    }
}
