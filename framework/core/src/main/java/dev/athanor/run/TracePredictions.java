package dev.athanor.run;

import dev.athanor.catalog.LockedTable;
import dev.athanor.lint.LintRule;
import dev.athanor.plan.RevisionFinding;
import dev.athanor.postgres.LockTargets;
import dev.athanor.postgres.LockWatch;
import dev.athanor.postgres.Transactions;
import dev.athanor.run.TraceReport.Mismatch;
import dev.athanor.sql.LockMode;
import dev.athanor.sql.QualifiedName;
import dev.athanor.sql.StatementLocks;
import dev.athanor.sql.TableLock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The locks and rewrites that are predicted for the statements of one section, and how the server's differ. */
final class TracePredictions {
    /** Rules that say that a table gets a new file. */
    private static final Set<LintRule> REWRITES = EnumSet.of(
            LintRule.CL1,
            LintRule.CL2,
            LintRule.CL3,
            LintRule.CL6,
            LintRule.CL12,
            LintRule.TB8,
            LintRule.TB11,
            LintRule.TB12);

    private final Transactions transactions;
    private final List<RevisionFinding> findings;
    /** Of the transaction so far. */
    private final Map<QualifiedName, LockMode> predicted = new HashMap<>();
    /** Mismatches that were told; they last as long as the transaction. */
    private final Set<String> told = new HashSet<>();

    private boolean complete = true;

    TracePredictions(Transactions transactions, List<RevisionFinding> findings) {
        this.transactions = transactions;
        this.findings = findings;
    }

    /** A transaction is over, and its locks with it. */
    void newTransaction() {
        predicted.clear();
        told.clear();
        complete = true;
    }

    /**
     * What is predicted for one statement.
     *
     * @param complete whether these are all its locks
     */
    record Prediction(Map<QualifiedName, LockMode> locks, boolean complete) {
        /** Of a statement that is not known before it runs. */
        static final Prediction UNKNOWN = new Prediction(Map.of(), false);
    }

    /** Predicts; asked before the transaction holds locks that would be in the way of looking. */
    Prediction predict(String sql) {
        StatementLocks statement = StatementLocks.of(sql);
        Map<QualifiedName, LockMode> locks = new HashMap<>();
        for (TableLock lock : statement.locks()) {
            for (LockedTable table : LockTargets.read(transactions, lock)) {
                if (lock.mode() != LockMode.ACCESS_SHARE) {
                    locks.merge(table.name(), lock.mode(), LockMode::or);
                }
            }
        }
        return new Prediction(locks, statement.unknown() == null);
    }

    /** Where what was seen differs; of a lock that is held on it is told once. */
    List<Mismatch> compare(String sql, Prediction prediction, LockWatch watch, LockWatch.Seen seen) {
        complete &= prediction.complete();
        prediction.locks().forEach((table, mode) -> predicted.merge(table, mode, LockMode::or));
        List<Mismatch> all = new ArrayList<>();
        seen.locks().forEach((table, mode) -> {
            LockMode expected = expected(table, watch);
            if (complete && (expected == null || expected.compareTo(mode) < 0)) {
                all.add(new Mismatch(
                        true,
                        "it locks " + table + " " + mode.sql() + ", predicted was "
                                + (expected == null ? "no lock" : expected.sql())));
            }
        });
        predicted.forEach((table, mode) -> {
            LockMode found = seen.locks().get(table);
            if (found == null || found.compareTo(mode) < 0) {
                all.add(new Mismatch(
                        false,
                        "it was predicted to lock " + table + " " + mode.sql() + ", and it holds "
                                + (found == null ? "no lock" : found.sql())));
            }
        });
        all.removeIf(mismatch -> !told.add(mismatch.message()));
        all.addAll(rewrites(sql, seen));
        return all;
    }

    private Optional<LockMode> own(QualifiedName table) {
        return Optional.ofNullable(predicted.get(table));
    }

    /** Of a partition what is predicted for its tree. */
    private @Nullable LockMode expected(QualifiedName table, LockWatch watch) {
        Optional<QualifiedName> at = Optional.of(table);
        LockMode strongest = null;
        while (at.isPresent()) {
            LockMode mode = own(at.get()).orElse(null);
            strongest = strongest == null ? mode : mode == null ? strongest : strongest.or(mode);
            at = watch.parent(at.get());
        }
        return strongest;
    }

    private List<Mismatch> rewrites(String sql, LockWatch.Seen seen) {
        List<Mismatch> all = new ArrayList<>();
        List<RevisionFinding> own = findings.stream()
                .filter(found -> found.finding().statement().equals(sql))
                .filter(found -> REWRITES.contains(found.finding().rule()))
                .toList();
        boolean truncates = sql.stripLeading().regionMatches(true, 0, "truncate", 0, 8);
        if (own.isEmpty() && !truncates) {
            seen.rewritten().stream()
                    .filter(seen.locks()::containsKey)
                    .forEach(table -> all.add(new Mismatch(true, "it rewrites " + table + ", and no rule says so")));
        }
        if (seen.rewritten().isEmpty()) {
            own.forEach(found -> all.add(new Mismatch(
                    false, found.finding().rule().id() + " says that it writes the table anew, and it did not")));
        }
        return all;
    }
}
