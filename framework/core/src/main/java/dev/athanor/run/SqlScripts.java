package dev.athanor.run;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.ledger.StateSchema;
import dev.athanor.plan.PhasePlan;
import dev.athanor.plan.PhasePlanner;
import dev.athanor.plan.Step;
import dev.athanor.plan.Step.BackfillStep;
import dev.athanor.plan.UndoPlan;
import dev.athanor.revision.AppliedState;
import dev.athanor.revision.Phase;
import dev.athanor.revision.RevisionGraph;
import dev.athanor.revision.RevisionPlan;
import dev.athanor.source.BackfillWork;
import dev.athanor.source.RevisionDefinition;
import dev.athanor.source.Revisions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Prints what a run would do as SQL for psql, without any database: each section in its transaction with its row in the
 * ledger, so that Athanor goes on where a script has ended. A backfill stands there as one plain statement over the whole
 * table, without chunks, throttle and restart.
 */
public final class SqlScripts {
    private final Revisions revisions;
    private final RevisionGraph graph;
    private final PhasePlanner planner;
    private final String stateSchema;

    /**
     * Scripts of these revisions.
     *
     * @param placeholders values of <code>${name}</code>
     * @param stateSchema schema of Athanor's own tables, unquoted
     * @throws dev.athanor.revision.GraphException when the revisions form no graph
     */
    public SqlScripts(Revisions revisions, Map<String, String> placeholders, String stateSchema) {
        this.revisions = revisions;
        this.graph = revisions.graph();
        this.planner = new PhasePlanner(placeholders);
        this.stateSchema = StateSchema.requireName(stateSchema);
    }

    /**
     * A printed script.
     *
     * @param plan what it does
     * @param text the SQL
     */
    public record Script(RevisionPlan plan, String text) {}

    /**
     * The script of an upgrade.
     *
     * @param range a target, which starts where nothing is applied, or {@code from:to}
     * @param only this phase; null: all of them
     * @throws dev.athanor.AthanorException kind REFUSED, code {@code not_sql}, when a backfill of it works on rows in the
     *     JVM
     */
    public Script upgrade(String range, @Nullable Phase only) {
        RevisionPlan plan = graph.upgradeScript(range);
        List<RevisionDefinition> pending = definitions(plan);
        ScriptWriter writer = new ScriptWriter(stateSchema, "upgrade " + range);
        List<PhasePlan> plans = planner.plan(pending);
        refuseWorkOnRows(plans, only);
        boolean fresh = only == null || only == Phase.EXPAND;
        writer.begin(closure(plan.rowsBefore()), fresh ? plan.ids() : List.of());
        if (only != null && !fresh) {
            writer.requireDone(plan.ids(), Phase.values()[only.ordinal() - 1]);
        }
        for (RevisionDefinition revision : pending) {
            writer.revision(revision);
            for (PhasePlan phase : plans) {
                if (phase.revision().equals(revision.id())) {
                    if (only == null || phase.phase() == only) {
                        writer.phase(phase);
                    } else if (only == Phase.CONTRACT) {
                        writer.verifications(phase);
                    }
                }
            }
        }
        return new Script(plan, writer.text());
    }

    private static void refuseWorkOnRows(List<PhasePlan> plans, @Nullable Phase only) {
        List<String> refused = new ArrayList<>();
        for (PhasePlan plan : plans) {
            for (Step step : plan.steps()) {
                if (step instanceof BackfillStep backfill
                        && backfill.work() instanceof BackfillWork.OfRows rows
                        && (only == null || only == plan.phase())) {
                    refused.add("Backfill " + step.name() + " of revision " + step.revision() + " (" + step.origin()
                            + ") is no SQL: " + rows.describe() + ".");
                }
            }
        }
        if (!refused.isEmpty()) {
            throw new AthanorException(
                    FailureKind.REFUSED,
                    "not_sql",
                    String.join("\n", refused),
                    "Run it with: athanor upgrade, or print the other phases alone: --phase expand, --phase contract");
        }
    }

    /**
     * The script of a downgrade.
     *
     * @param range {@code from:to}
     * @throws dev.athanor.AthanorException kind REFUSED, code {@code irreversible}, when anything of it has no undo
     */
    public Script downgrade(String range) {
        RevisionPlan plan = graph.downgradeScript(range);
        List<RevisionDefinition> newestFirst = definitions(plan);
        List<UndoPlan> undo = planner.undo(newestFirst);
        Irreversible.refuse(newestFirst, undo, phase -> true);
        ScriptWriter writer = new ScriptWriter(stateSchema, "downgrade " + range);
        writer.begin(closure(plan.rowsBefore()), List.of());
        for (RevisionDefinition revision : newestFirst) {
            writer.undo(revision);
            undo.stream()
                    .filter(phase -> phase.revision().equals(revision.id()))
                    .forEach(writer::phase);
        }
        return new Script(plan, writer.text());
    }

    /**
     * The script of a stamp.
     *
     * @param range as for {@link #upgrade}
     */
    public Script stamp(String range) {
        RevisionPlan plan = graph.stampScript(range);
        Collection<String> before = closure(plan.rowsBefore());
        Collection<String> after = closure(plan.rowsAfter());
        ScriptWriter writer = new ScriptWriter(stateSchema, "stamp " + range);
        writer.begin(before, List.of());
        Map<String, String> applied = new LinkedHashMap<>();
        graph.applied(AppliedState.fromTips(plan.rowsAfter())).stream()
                .filter(id -> !before.contains(id))
                .forEach(id -> applied.put(id, revisions.find(id).orElseThrow().checksum()));
        List<String> forgotten = new ArrayList<>(before);
        forgotten.removeAll(after);
        writer.stamp(applied, forgotten);
        return new Script(plan, writer.text());
    }

    private Collection<String> closure(List<String> rows) {
        return new TreeSet<>(graph.applied(AppliedState.fromTips(rows)));
    }

    private List<RevisionDefinition> definitions(RevisionPlan plan) {
        return plan.ids().stream().map(id -> revisions.find(id).orElseThrow()).toList();
    }
}
