package dev.athanor.run;

import dev.athanor.backfill.EngineSettings;
import dev.athanor.ledger.BackfillState;
import dev.athanor.ledger.RevisionLedger;
import dev.athanor.ledger.SectionState;
import dev.athanor.plan.PhasePlan;
import dev.athanor.plan.Step;
import dev.athanor.plan.Step.BackfillStep;
import dev.athanor.plan.Step.SchemaStep;
import dev.athanor.plan.Step.VerifyStep;
import dev.athanor.postgres.Transactions;
import dev.athanor.run.DryRunReport.Kind;
import dev.athanor.run.DryRunReport.Limits;
import dev.athanor.run.DryRunReport.PhaseForecast;
import dev.athanor.run.DryRunReport.SectionForecast;
import dev.athanor.run.DryRunReport.StatementForecast;
import dev.athanor.run.DryRunReport.WalkForecast;
import dev.athanor.schema.LockProfile;
import dev.athanor.schema.SchemaSettings;
import dev.athanor.source.BackfillOptions;
import dev.athanor.source.BackfillWork;
import dev.athanor.source.SchemaOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the sections of phases would do, in the order in which they would be run. */
final class SectionForecasts {
    private final RevisionLedger ledger;
    private final LockForecasts locks;
    private final WalkForecasts walks;
    private final BackfillAdvice advice;

    SectionForecasts(Transactions transactions, RevisionLedger ledger) {
        this.ledger = ledger;
        this.locks = new LockForecasts(transactions);
        this.advice = new BackfillAdvice(transactions);
        this.walks = new WalkForecasts(transactions, locks, advice);
    }

    PhaseForecast of(PhasePlan plan) {
        advice.shown(plan);
        List<SectionState> sections = ledger.sections(plan.revision());
        List<BackfillState> backfills = ledger.backfills(plan.revision());
        List<SectionForecast> forecasts = new ArrayList<>();
        for (Step step : plan.steps()) {
            if (step instanceof SchemaStep schema) {
                forecasts.add(schema(
                        schema,
                        sections.stream()
                                .filter(state -> state.ordinal() == step.ordinal())
                                .findFirst()
                                .orElse(SectionState.untouched(step.ordinal()))));
            } else if (step instanceof BackfillStep backfill) {
                forecasts.add(backfill(
                        backfill,
                        backfills.stream()
                                .filter(state -> state.ordinal() == step.ordinal())
                                .findFirst()
                                .orElse(null)));
            } else if (step instanceof VerifyStep verify) {
                forecasts.add(verify(verify));
            }
        }
        return new PhaseForecast(plan.phase(), forecasts);
    }

    private SectionForecast schema(SchemaStep step, SectionState state) {
        SchemaOptions options = step.options();
        List<StatementForecast> statements = new ArrayList<>();
        for (int i = 0; i < step.statements().size(); i++) {
            String sql = step.statements().get(i);
            boolean done = state.finished() || i < state.statementsDone();
            StatementForecast ahead = options.rows() ? locks.ofRows(sql) : locks.of(step.revision(), sql, sql);
            statements.add(done ? locks.done(sql) : ahead);
        }
        LockProfile profile = LockProfile.of(step);
        Duration usual = profile == LockProfile.CONCURRENT ? null : profile.lockTimeout();
        Limits limits = new Limits(
                options.transactional(),
                options.lockTimeout() == null ? usual : options.lockTimeout(),
                options.statementTimeout(),
                options.retries() == null ? SchemaSettings.DEFAULT_RETRIES : options.retries());
        boolean doubtful = state.attempted() && !state.finished();
        String note = doubtful ? "statement " + (state.statementsDone() + 1) + " was begun before and may be done" : "";
        return new SectionForecast(
                step.name(), Kind.SCHEMA, step.origin(), state.finished(), statements, limits, null, note);
    }

    private SectionForecast backfill(BackfillStep step, @Nullable BackfillState state) {
        BackfillOptions options = step.options();
        Limits limits = new Limits(
                true,
                options.lockTimeout() == null ? EngineSettings.DEFAULTS.lockTimeout() : options.lockTimeout(),
                options.statementTimeout(),
                options.retries());
        String shown = step.work() instanceof BackfillWork.OfRows rows
                ? "-- " + rows.describe() + "\n" + step.template().with("${chunk}")
                : step.template().with("${chunk}");
        WalkForecasts.Found found = walks.of(step, state);
        StatementForecast statement = found.done()
                ? locks.done(shown)
                : locks.of(step.revision(), shown, step.template().with("true"));
        WalkForecast walk = found.walk();
        return new SectionForecast(
                step.name(),
                Kind.BACKFILL,
                step.origin(),
                found.done(),
                List.of(statement),
                limits,
                walk,
                found.note());
    }

    private SectionForecast verify(VerifyStep step) {
        return new SectionForecast(
                step.name(),
                Kind.VERIFY,
                step.origin(),
                false,
                List.of(locks.of(step.revision(), step.sql(), step.sql())),
                new Limits(false, null, null, null),
                null,
                "not run");
    }
}
