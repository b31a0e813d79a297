package dev.athanor.run;

import dev.athanor.plan.PhasePlan;
import dev.athanor.plan.PhasePlanner;
import dev.athanor.plan.Step;
import dev.athanor.plan.Step.BackfillStep;
import dev.athanor.postgres.TableRights;
import dev.athanor.postgres.Transactions;
import dev.athanor.revision.Phase;
import dev.athanor.run.StatusReport.RevisionProgress;
import dev.athanor.source.BackfillWork;
import dev.athanor.source.RevisionDefinition;
import dev.athanor.source.Revisions;
import dev.athanor.sql.LockMode;
import dev.athanor.sql.QualifiedName;
import dev.athanor.sql.StatementKind;
import dev.athanor.sql.StatementLocks;
import dev.athanor.sql.TableLock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Whether our role may do what the backfills of pending revisions do. Only tables that are there can be looked at; what the
 * statements read besides, and what schema sections need, is not.
 */
final class RightsDiagnosis {
    private final Transactions transactions;
    private final Revisions revisions;
    private final RunSettings settings;
    private final Diagnosis diagnosis;

    RightsDiagnosis(Transactions transactions, Revisions revisions, RunSettings settings, Diagnosis diagnosis) {
        this.transactions = transactions;
        this.revisions = revisions;
        this.settings = settings;
        this.diagnosis = diagnosis;
    }

    void examine(StatusReport report) {
        Set<String> done = report.betweenPhases().stream()
                .filter(revision -> revision.undoing() || Phase.BACKFILL.key().equals(revision.finished()))
                .map(RevisionProgress::revision)
                .collect(Collectors.toSet());
        List<RevisionDefinition> pending = report.pending().stream()
                .filter(id -> !done.contains(id))
                .flatMap(id -> revisions.find(id).stream())
                .toList();
        List<PhasePlan> plans = new PhasePlanner(settings.placeholders()).plan(pending);
        needs(plans).forEach(this::table);
        advise(plans);
    }

    private void advise(List<PhasePlan> plans) {
        BackfillAdvice advice = new BackfillAdvice(transactions);
        for (PhasePlan plan : plans) {
            advice.shown(plan);
            plan.steps().stream()
                    .filter(BackfillStep.class::isInstance)
                    .flatMap(step -> advice.of((BackfillStep) step).stream())
                    .forEach(said -> diagnosis.warning(said.object(), said.message(), said.remedy()));
        }
    }

    /** Rights by table, in the order of the revisions. */
    private static Map<QualifiedName, Set<String>> needs(List<PhasePlan> plans) {
        Map<QualifiedName, Set<String>> needs = new LinkedHashMap<>();
        for (PhasePlan plan : plans) {
            for (Step step : plan.steps()) {
                if (step instanceof BackfillStep backfill && backfill.work() instanceof BackfillWork.Copy copy) {
                    needs.computeIfAbsent(copy.into(), table -> new TreeSet<>()).add("INSERT");
                } else if (step instanceof BackfillStep backfill) {
                    needs.computeIfAbsent(backfill.table(), table -> new TreeSet<>())
                            .add("SELECT");
                    written(backfill)
                            .ifPresent(table -> needs.computeIfAbsent(table, name -> new TreeSet<>())
                                    .add(kind(backfill).name()));
                }
            }
        }
        return needs;
    }

    /** The table that it changes, when that is certain. */
    private static Optional<QualifiedName> written(BackfillStep backfill) {
        List<QualifiedName> tables = StatementLocks.of(backfill.template().with("true")).locks().stream()
                .filter(lock -> lock.mode() == LockMode.ROW_EXCLUSIVE)
                .map(TableLock::name)
                .distinct()
                .toList();
        return tables.size() == 1 && kind(backfill).changesRows() ? Optional.of(tables.get(0)) : Optional.empty();
    }

    private static StatementKind kind(BackfillStep backfill) {
        return StatementKind.of(backfill.template().with("${chunk}"));
    }

    private void table(QualifiedName name, Set<String> needed) {
        TableRights.read(transactions, name).ifPresent(rights -> table(rights, needed));
    }

    private void table(TableRights rights, Set<String> needed) {
        String object = "table " + rights.table();
        List<String> missing = needed.stream()
                .filter(right -> !rights.granted().contains(right))
                .toList();
        if (!rights.reachable()) {
            diagnosis.problem(
                    object,
                    "is in a schema that role " + rights.role() + " may not use, and a pending backfill works on it",
                    "Let an administrator run: GRANT USAGE ON SCHEMA " + rights.schema() + " TO " + rights.role()
                            + ";");
        }
        if (!missing.isEmpty()) {
            String what = String.join(", ", missing);
            diagnosis.problem(
                    object,
                    "does not let role " + rights.role() + " " + what + ", which a pending backfill needs",
                    "Let its owner run: GRANT " + what + " ON " + rights.table() + " TO " + rights.role() + ";");
        }
        if (rights.rowSecurity()) {
            diagnosis.warning(
                    object,
                    "has row security for role " + rights.role()
                            + ": rows that its policies hide are neither backfilled nor verified",
                    "Run as the table's owner, or let an administrator run: ALTER ROLE " + rights.role()
                            + " BYPASSRLS;");
        }
        if (!rights.owned()) {
            diagnosis.note(
                    object,
                    "belongs to " + rights.owner() + ": sections that ALTER it need that role",
                    "GRANT " + rights.owner() + " TO " + rights.role() + ";");
        }
    }
}
