package dev.athanor.run;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.ledger.StateSchema;
import dev.athanor.lint.LintSettings;
import dev.athanor.lint.PgVersion;
import dev.athanor.plan.PhasePlan;
import dev.athanor.plan.PhasePlanner;
import dev.athanor.plan.RevisionFinding;
import dev.athanor.plan.RevisionLinter;
import dev.athanor.plan.Step;
import dev.athanor.postgres.Database;
import dev.athanor.run.TraceReport.StatementTrace;
import dev.athanor.source.BackfillWork;
import dev.athanor.source.RevisionDefinition;
import dev.athanor.source.Revisions;
import dev.athanor.throttle.ThrottleSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs revisions on a scratch database and sees which locks and rewrites their statements really cause. Changes the
 * database: what a revision stands on is applied to it, then the revision itself, section by section.
 */
public final class LintTracer {
    private final Database scratch;
    private final Revisions revisions;
    private final Map<String, String> placeholders;
    private final MigrationRunner runner;

    /**
     * A tracer on a database that may be thrown away.
     *
     * @param scratch with whatever the oldest of the revisions expects to be there
     */
    public LintTracer(Database scratch, Revisions revisions, Map<String, String> placeholders) {
        this.scratch = scratch;
        this.revisions = revisions;
        this.placeholders = Map.copyOf(placeholders);
        this.runner = MigrationRunner.of(scratch, revisions)
                .placeholders(placeholders)
                .throttle(ThrottleSettings.OFF)
                .lint(LintMode.OFF)
                .build();
    }

    /**
     * Applies what a revision stands on, then runs and watches its own statements, of all phases, without its undo. Work on
     * rows in the JVM is left out. Ends at a statement that fails.
     *
     * @param id of a revision that the database does not have yet
     * @throws AthanorException code {@code trace_impossible} when what it stands on cannot be applied
     */
    public TraceReport trace(String id) {
        applyBefore(id);
        RevisionDefinition revision = revisions.find(id).orElseThrow();
        PgVersion version = new OnlineLint(scratch, placeholders).version();
        List<RevisionFinding> findings = new RevisionLinter(LintSettings.of(version), placeholders).lint(revision);
        List<StatementTrace> traces = new ArrayList<>();
        for (PhasePlan phase : new PhasePlanner(placeholders).plan(List.of(revision))) {
            for (Step step : phase.steps()) {
                SectionTracer tracer = new SectionTracer(
                        scratch,
                        StateSchema.DEFAULT_NAME,
                        step,
                        new TracePredictions(scratch.transactions(), findings));
                boolean complete = isComplete(tracer, step);
                traces.addAll(tracer.traces());
                if (!complete) {
                    return new TraceReport(id, traces);
                }
            }
        }
        runner.stamp(List.of(id), false);
        return new TraceReport(id, traces);
    }

    private void applyBefore(String id) {
        for (String before : runner.planUpgrade(id).ids()) {
            if (!before.equals(id)) {
                try {
                    runner.upgrade(new UpgradeRequest(before, null));
                } catch (AthanorException e) {
                    throw new AthanorException(
                            FailureKind.FAILED,
                            "trace_impossible",
                            "Revision " + before + ", on which " + id
                                    + " stands, cannot be applied to the scratch database: " + e.getMessage(),
                            "Give the scratch database what the revisions expect: athanor lint --trace --schema FILE",
                            e);
                }
            }
        }
    }

    /** Runs a step as far as it goes; false when a statement failed. */
    static boolean isComplete(SectionTracer tracer, Step step) {
        try {
            if (step instanceof Step.SchemaStep schema) {
                boolean queries = schema.options().rows();
                if (schema.options().transactional()) {
                    tracer.transaction(schema.statements(), queries);
                } else {
                    tracer.autocommit(schema.statements(), queries);
                }
            } else if (step instanceof Step.BackfillStep backfill
                    && backfill.work() instanceof BackfillWork.Statement) {
                tracer.transaction(List.of(backfill.template().with("true")), false);
            }
            return true;
        } catch (SectionTracer.Failed e) {
            return false;
        }
    }
}
