package dev.athanor.lint;

import dev.athanor.lint.Statement.CreateIndex;
import dev.athanor.lint.Statement.Vacuum;
import dev.athanor.sql.QualifiedName;

/** What an index is made of: IX9, IX10, IX11. */
final class IndexShapes implements Rule {
    /** More columns than this seldom make an index better, and always make it larger. */
    private static final int MANY_COLUMNS = 3;

    @Override
    public void statement(Site site, Scope scope) {
        if (!(site.statement() instanceof CreateIndex index)) {
            return;
        }
        QualifiedName table = index.table();
        if (!index.unique() && index.keys().size() > MANY_COLUMNS) {
            scope.report(
                    site,
                    Draft.of(
                            LintRule.IX9,
                            table,
                            "An index on " + index.keys().size() + " columns of " + table
                                    + " is large, slows every write down, and seldom serves better than one on "
                                    + MANY_COLUMNS + ".",
                            "-- index the columns that narrow the search most, at most " + MANY_COLUMNS + " of them"));
        }
        if ("hash".equals(index.method()) && !scope.atLeast(10)) {
            scope.report(
                    site,
                    Draft.of(
                            LintRule.IX10,
                            table,
                            "Before PostgreSQL 10 a hash index is not WAL-logged: after a crash, and on replicas, it gives"
                                    + " wrong answers.",
                            site.text().replaceFirst("(?i)\\busing\\s+\"?hash\"?", "USING btree") + ";"));
        }
        if (index.hasExpression() && scope.live(table, site) && !isAnalysedLater(site, table, scope)) {
            scope.report(
                    site,
                    Draft.of(
                            LintRule.IX11,
                            table,
                            "The planner knows nothing of the values of this expression until " + table
                                    + " is analysed, and may not use the index.",
                            site.text() + ";\n-- athanor:expand\nANALYZE " + table.quoted() + ";"));
        }
    }

    private static boolean isAnalysedLater(Site site, QualifiedName table, Scope scope) {
        QualifiedName key = scope.history().key(table);
        return scope.after(site).stream()
                .anyMatch(later -> later.statement() instanceof Vacuum vacuum
                        && vacuum.analyze()
                        && !vacuum.ofColumns()
                        && (vacuum.tables().isEmpty()
                                || vacuum.tables().stream()
                                        .map(scope.history()::key)
                                        .anyMatch(key::equals)));
    }
}
