package dev.athanor.run;

import dev.athanor.catalog.LockedTable;
import dev.athanor.postgres.LockTargets;
import dev.athanor.postgres.Transactions;
import dev.athanor.run.DryRunReport.LockForecast;
import dev.athanor.run.DryRunReport.StatementForecast;
import dev.athanor.sql.LockMode;
import dev.athanor.sql.LockTarget;
import dev.athanor.sql.QualifiedName;
import dev.athanor.sql.StatementLocks;
import dev.athanor.sql.TableLock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The locks of statements in the order in which they would be run, on the tables as they are now. */
final class LockForecasts {
    private final Transactions transactions;
    /** Tables that statements before have made, and the revisions of these. */
    private final Map<QualifiedName, String> made = new LinkedHashMap<>();

    LockForecasts(Transactions transactions) {
        this.transactions = transactions;
    }

    /** A statement that an earlier run has done. */
    StatementForecast done(String sql) {
        return new StatementForecast(sql, true, List.of(), null);
    }

    /**
     * A statement that is still to be run.
     *
     * @param shown its text for the report
     * @param sql the same, complete
     */
    StatementForecast of(String revision, String shown, String sql) {
        StatementLocks statement = StatementLocks.of(sql);
        Map<String, LockForecast> locks = new LinkedHashMap<>();
        for (TableLock lock : statement.locks()) {
            for (LockForecast forecast : on(lock)) {
                locks.merge(
                        forecast.table(),
                        forecast,
                        (one, other) -> one.mode().compareTo(other.mode()) < 0 ? other : one);
            }
        }
        statement.created().forEach(table -> made.put(table, revision));
        return new StatementForecast(shown, false, List.copyOf(locks.values()), statement.unknown());
    }

    /** A query whose rows will be the statements; what they are depends on what is done before them. */
    StatementForecast ofRows(String sql) {
        return new StatementForecast(
                sql, false, List.of(), "the statements are what this query gives when its turn comes");
    }

    /** The revision that would make a table of this name, when one before would. */
    Optional<String> maker(QualifiedName table) {
        return made.entrySet().stream()
                .filter(entry -> isSame(entry.getKey(), table))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static boolean isSame(QualifiedName one, QualifiedName other) {
        return one.name().equals(other.name())
                && (one.schema() == null
                        || other.schema() == null
                        || one.schema().equals(other.schema()));
    }

    private List<LockForecast> on(TableLock lock) {
        List<LockForecast> found = new ArrayList<>();
        for (LockedTable table : LockTargets.read(transactions, lock)) {
            found.add(there(table, lock.mode()));
        }
        LockTarget target = lock.target();
        boolean named = target == LockTarget.TABLE || target == LockTarget.TREE;
        if (found.isEmpty() && named) {
            String note = maker(lock.name())
                    .map(revision -> "made by revision " + revision + ", nobody uses it yet")
                    .orElse("not there now");
            found.add(absent(lock.name().quoted(), lock.mode(), note));
        } else if (found.isEmpty() && target == LockTarget.TABLE_OF_INDEX) {
            found.add(absent("the table of index " + lock.name().quoted(), lock.mode(), "there is no such index now"));
        }
        return found;
    }

    private static LockForecast there(LockedTable table, LockMode mode) {
        return new LockForecast(
                table.name().quoted(),
                mode,
                true,
                table.rows(),
                table.guessed(),
                table.bytes(),
                table.partitions(),
                table.holders(),
                table.longest(),
                "");
    }

    private static LockForecast absent(String table, LockMode mode, String note) {
        return new LockForecast(table, mode, false, null, false, null, 0, 0, null, note);
    }
}
