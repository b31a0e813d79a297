package dev.athanor.lint;

import dev.athanor.lint.Statement.RowChange;
import dev.athanor.lint.Statement.Rows;
import dev.athanor.sql.LockMode;
import dev.athanor.sql.QualifiedName;
import java.util.Optional;

/** DM1: changes of rows without a range, or while the transaction holds locks of DDL. */
final class RowChanges implements Rule {
    @Override
    public void statement(Site site, Scope scope) {
        if (!(site.statement() instanceof Rows rows)) {
            return;
        }
        for (RowChange change : rows.changes()) {
            if (!change.changesExisting() || !scope.live(change.table(), site)) {
                continue;
            }
            Expression where = change.where();
            Optional<QualifiedName> locked = lockedByDdl(site, scope);
            if (!isLimited(site) && (where == null || !Condition.isBounded(where))) {
                scope.report(site, unbounded(change, site));
            } else if (locked.isPresent()) {
                scope.report(site, beside(change, locked.get(), site));
            }
        }
    }

    /** Whether a LIMIT anywhere in it keeps the number of rows down. */
    private static boolean isLimited(Site site) {
        return site.indexOf("limit") > 0;
    }

    private static Optional<QualifiedName> lockedByDdl(Site site, Scope scope) {
        return scope.transaction(site).stream()
                .flatMap(other -> other.locked(leastOfDdl(other)).stream())
                .filter(table -> scope.live(table, site))
                .findFirst();
    }

    /** The weakest lock by which a statement counts as one that changes the schema. */
    private static LockMode leastOfDdl(Site site) {
        boolean other = site.statement() instanceof Rows
                || site.statement() instanceof Statement.Vacuum
                || site.statement() instanceof Statement.Plain;
        return other ? LockMode.ACCESS_EXCLUSIVE : LockMode.SHARE_UPDATE_EXCLUSIVE;
    }

    /** The statement as a backfill; in words where its condition cannot be found or stands within something else. */
    private static String chunked(RowChange change, Site site) {
        String directive = "-- athanor:backfill table=" + change.table().quoted() + "\n";
        Expression where = change.where();
        if (where == null || where.isEmpty()) {
            boolean simple = where == null
                    && site.indexOf("returning") < 0
                    && !change.verb().equals("merge")
                    && site.indexOf("with") != 0;
            return directive
                    + (simple ? site.text() + " WHERE ${chunk};" : "-- the same statement with ${chunk} in its WHERE");
        }
        int start = where.code().get(0).start();
        int end = where.code().get(where.code().size() - 1).end();
        return directive + site.text().substring(0, start) + "${chunk} AND ("
                + site.text().substring(start, end) + ")" + site.text().substring(end) + ";";
    }

    private static Draft unbounded(RowChange change, Site site) {
        return new Draft(
                LintRule.DM1,
                change.table(),
                LockMode.ROW_EXCLUSIVE,
                change.verb().toUpperCase(java.util.Locale.ROOT) + " touches rows of " + change.table()
                        + " without a range: all of them stay locked until the transaction ends, and their old versions"
                        + " stay behind as dead space.",
                chunked(change, site));
    }

    private static Draft beside(RowChange change, QualifiedName locked, Site site) {
        return new Draft(
                LintRule.DM1,
                change.table(),
                LockMode.ROW_EXCLUSIVE,
                "Rows of " + change.table() + " are changed while the transaction keeps its lock on " + locked
                        + ": whoever waits for " + locked + " waits for that too.",
                "-- in a section of its own:\n-- athanor:expand\n" + site.text() + ";");
    }
}
