package dev.athanor.run;

import dev.athanor.plan.PhasePlan;
import dev.athanor.plan.Step.BackfillStep;
import dev.athanor.plan.Step.SchemaStep;
import dev.athanor.postgres.ChangeCosts;
import dev.athanor.postgres.ChangeCosts.Change;
import dev.athanor.postgres.ChangeCosts.Cost;
import dev.athanor.postgres.DatabaseException;
import dev.athanor.postgres.Transactions;
import dev.athanor.postgres.VacuumRight;
import dev.athanor.revision.Phase;
import dev.athanor.source.BackfillWork;
import dev.athanor.sql.IndexedColumns;
import dev.athanor.sql.KeyChange;
import dev.athanor.sql.QualifiedName;
import dev.athanor.sql.SqlStateClass;
import dev.athanor.sql.StatementKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What will hurt when backfills change the rows of their tables. Phases are shown to it in the order of the run. */
final class BackfillAdvice {
    /** A table that grows by less than this is nobody's trouble. */
    private static final long SMALL_BYTES = 8L * 1024 * 1024;

    private final Transactions transactions;
    private final Map<String, List<IndexedColumns>> madeInExpand = new HashMap<>();

    BackfillAdvice(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Remembers the indexes that an expand phase makes. */
    void shown(PhasePlan plan) {
        if (plan.phase() == Phase.EXPAND) {
            madeInExpand.put(
                    plan.revision(),
                    plan.steps().stream()
                            .filter(SchemaStep.class::isInstance)
                            .flatMap(step -> ((SchemaStep) step).statements().stream())
                            .flatMap(sql -> IndexedColumns.of(sql).stream())
                            .toList());
        }
    }

    /** What there is to say of one backfill; nothing when it adds rows only. */
    List<Advice> of(BackfillStep step) {
        String sql = step.template().with("true");
        Set<String> columns = KeyChange.columnsSet(sql, step.table());
        boolean deletes = columns.isEmpty() && StatementKind.of(sql) == StatementKind.DELETE;
        if (step.work() instanceof BackfillWork.Copy || columns.isEmpty() && !deletes) {
            return List.of();
        }
        List<Advice> advice = new ArrayList<>();
        List<Cost> costs = costs(step.table(), columns, deletes ? Change.DELETE : Change.UPDATE);
        costs.forEach(cost -> of(step, cost, deletes).ifPresent(advice::add));
        Set<String> there = costs.stream().map(Cost::name).collect(Collectors.toSet());
        madeInExpand.getOrDefault(step.revision(), List.of()).stream()
                .filter(index -> isSame(index.table(), step.table()))
                .filter(index -> there.stream().noneMatch(name -> endsWith(name, index.index())))
                .forEach(index -> made(step, index, columns).ifPresent(advice::add));
        advice.addAll(ConstraintAdvice.of(transactions, step, columns, deletes));
        unpermitted(step).ifPresent(advice::add);
        return advice;
    }

    private List<Cost> costs(QualifiedName table, Set<String> columns, Change change) {
        try {
            return ChangeCosts.read(transactions, table, columns, change);
        } catch (DatabaseException e) {
            if (e.category() == SqlStateClass.LOCK_TIMEOUT) {
                return List.of();
            }
            throw e;
        }
    }

    private static Optional<Advice> of(BackfillStep step, Cost cost, boolean deletes) {
        return switch (cost.kind()) {
            case "index" ->
                Optional.of(
                        new Advice(
                                "index_on_changed_column",
                                "index " + cost.name(),
                                "holds " + cost.detail() + ", which backfill " + step.name()
                                        + " changes: each changed row is written anew into every index of the table (no HOT)",
                                "If nothing needs it meanwhile, drop it in expand and build it in contract, after the backfill."));
            case "trigger" ->
                Optional.of(new Advice(
                        "trigger_per_row",
                        "trigger " + cost.name() + " on " + cost.detail(),
                        "fires for each row that backfill " + step.name() + " changes",
                        "See that what it does is wanted here; what it costs comes on top of each row."));
            case "generated" ->
                Optional.of(new Advice(
                        "generated_column",
                        "column " + cost.name() + " of table " + step.table(),
                        "is generated from " + cost.detail() + ", which backfill " + step.name()
                                + " changes, and computed anew for each row",
                        "See that its expression is cheap."));
            case "full" -> deletes || cost.bytes() < SMALL_BYTES ? Optional.empty() : Optional.of(full(step, cost));
            case "no autovacuum" ->
                Optional.of(new Advice(
                        "autovacuum_off",
                        "table " + cost.name(),
                        "is never autovacuumed, so that old versions of its rows stay",
                        step.options().vacuumEveryRows() == null
                                ? "Give backfill " + step.name() + " vacuum-every-rows=, or: ALTER TABLE " + cost.name()
                                        + " RESET (autovacuum_enabled);"
                                : "ALTER TABLE " + cost.name() + " RESET (autovacuum_enabled);"));
            default -> Optional.empty();
        };
    }

    private static Advice full(BackfillStep step, Cost cost) {
        String early = "ALTER TABLE " + cost.name()
                + " SET (fillfactor = 80); early, so that pages written from then on keep room";
        return new Advice(
                "no_free_space",
                "table " + cost.name(),
                String.format(
                        Locale.ROOT,
                        "keeps no room in its pages (fillfactor 100): when backfill %s changes every row, it grows by up to"
                                + " about %,d bytes, and its indexes with it",
                        step.name(),
                        cost.bytes()),
                step.options().vacuumEveryRows() == null
                        ? "Give the backfill vacuum-every-rows=, such as a tenth of the rows; and " + early + "."
                        : early + "; vacuum-every-rows keeps the growth down meanwhile.");
    }

    private static Optional<Advice> made(BackfillStep step, IndexedColumns index, Set<String> columns) {
        List<String> held =
                columns.stream().filter(index.names()::contains).sorted().toList();
        if (held.isEmpty()) {
            return Optional.empty();
        }
        String name = index.index().isEmpty()
                ? "index on " + index.table()
                : "index " + QualifiedName.quote(index.index()) + " on " + index.table();
        return Optional.of(new Advice(
                "index_in_expand",
                name,
                "is made in expand of the same revision, and holds "
                        + held.stream().map(QualifiedName::quote).collect(Collectors.joining(", "))
                        + ", which backfill "
                        + step.name() + " changes for every row",
                "Build it in contract, after the backfill: faster, smaller, and the backfill is, too."));
    }

    private Optional<Advice> unpermitted(BackfillStep step) {
        return step.options().vacuumEveryRows() == null || VacuumRight.has(transactions, step.table())
                ? Optional.empty()
                : Optional.of(new Advice(
                        "vacuum_not_permitted",
                        "table " + step.table(),
                        "may not be vacuumed by our role, so that vacuum-every-rows of backfill " + step.name()
                                + " does nothing",
                        "Run as its owner, or, from PostgreSQL 17 on, let him run: GRANT MAINTAIN ON " + step.table()
                                + " TO our role;"));
    }

    private static boolean isSame(QualifiedName one, QualifiedName other) {
        return one.name().equals(other.name())
                && (one.schema() == null
                        || other.schema() == null
                        || one.schema().equals(other.schema()));
    }

    /** The server writes a name without quotes where it needs none. */
    private static boolean endsWith(String name, String index) {
        return !index.isEmpty() && (name.endsWith("." + index) || name.endsWith("." + QualifiedName.quote(index)));
    }
}
