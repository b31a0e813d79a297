package dev.athanor.run;

import dev.athanor.AthanorException;
import dev.athanor.backfill.BackfillEngine;
import dev.athanor.backfill.EngineSettings;
import dev.athanor.backfill.Sources;
import dev.athanor.backfill.StopSignal;
import dev.athanor.batch.PhaseJobs;
import dev.athanor.ledger.BackfillFacts;
import dev.athanor.ledger.BackfillHeldException;
import dev.athanor.ledger.Control;
import dev.athanor.ledger.Fence;
import dev.athanor.ledger.OperatorLedger;
import dev.athanor.ledger.RevisionLedger;
import dev.athanor.ledger.RevisionState;
import dev.athanor.ledger.StateSchema;
import dev.athanor.ledger.VerificationLedger;
import dev.athanor.plan.PhasePlan;
import dev.athanor.plan.Step;
import dev.athanor.plan.UndoPlan;
import dev.athanor.postgres.Database;
import dev.athanor.postgres.Pause;
import dev.athanor.postgres.ReactiveTransactions;
import dev.athanor.revision.Phase;
import dev.athanor.schema.Backoff;
import dev.athanor.schema.SchemaExecutor;
import dev.athanor.schema.SchemaSettings;
import dev.athanor.verify.Verifier;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import reactor.core.scheduler.Schedulers;

/** Runs single phases and keeps their rows in the ledger. */
final class PhaseDriver {
    private final RevisionLedger ledger;
    private final OperatorLedger operators;
    private final RunSettings settings;
    private final Hold hold;
    private final Tools tools;
    private final PhaseJobs jobs;
    private final Evidence evidence;

    /** What the run holds: the lease's token, its timers, the wish to stop, and when it stops by itself. */
    record Hold(Fence fence, ScheduledExecutorService timers, StopSignal stop, Deadline deadline) {}

    /** What does the work of each kind of step. */
    record Tools(
            SchemaExecutor schema, BackfillEngine backfill, Verifier verifier, Clock clock, boolean exitWhenPaused) {}

    PhaseDriver(Database database, StateSchema schema, RevisionLedger ledger, RunSettings settings, Hold hold) {
        this.ledger = ledger;
        this.operators = new OperatorLedger(database.transactions(), schema, settings.actor());
        this.settings = settings;
        this.hold = hold;
        this.evidence = new Evidence(ledger);
        this.jobs = new PhaseJobs(database.dataSource(), schema.quoted(), settings.clock(), settings.observations());
        EngineSettings engine = EngineSettings.DEFAULTS
                .withIdleTimeout(settings.lease())
                .withProbe(settings.probe())
                .withThrottle(settings.throttle());
        this.tools = new Tools(
                new SchemaExecutor(
                        database.transactions(),
                        ledger,
                        new SchemaSettings(
                                SchemaSettings.DEFAULT_LOCK_TIMEOUT,
                                SchemaSettings.DEFAULT_RETRIES,
                                settings.lease(),
                                SchemaSettings.DEFAULT_OLD_TRANSACTION,
                                settings.blockers(),
                                Backoff.DEFAULT,
                                new StoppablePause(Pause.real(), hold.stop()),
                                hold.timers())),
                new BackfillEngine(
                        sources(database, settings),
                        schema.name(),
                        settings.patience() == null ? engine : engine.withPatience(settings.patience()),
                        settings.clock(),
                        Schedulers.parallel()),
                new Verifier(database.reactive(), new VerificationLedger(schema)),
                settings.clock(),
                settings.exitWhenPaused());
    }

    private static Sources sources(Database here, RunSettings settings) {
        Map<String, Supplier<ReactiveTransactions>> others = new HashMap<>();
        settings.sources()
                .forEach((name, database) ->
                        others.put(name, () -> database.get().reactive()));
        return new Sources(here.reactive(), others);
    }

    /** Runs a phase to its end; false when it was stopped. */
    boolean run(PhasePlan plan, PhasePlan backfill, Outcome outcome) {
        settings.listener().phaseStarted(plan.revision(), plan.phase());
        return RunEnd.told(
                () -> finished(plan, backfill, outcome),
                end -> settings.listener().phaseEnded(plan.revision(), plan.phase(), end));
    }

    private boolean finished(PhasePlan plan, PhasePlan backfill, Outcome outcome) {
        RevisionState state = ledger.begin(hold.fence(), plan.revision(), plan.checksum());
        StepWork work = new StepWork(state.application(), tools, settings.listener(), hold, outcome);
        if (plan.phase() == Phase.BACKFILL) {
            requireNotCancelled(plan.revision());
        }
        if (!unlessStopped(() -> jobs.run(evidence.before(plan, backfill), work))) {
            return false;
        }
        evidence.passed(plan);
        ledger.finishPhase(hold.fence(), plan.revision(), plan.phase());
        outcome.phase(plan.revision(), plan.phase());
        settings.listener().phaseFinished(plan.revision(), plan.phase());
        return true;
    }

    private void requireNotCancelled(String revision) {
        for (BackfillFacts backfill : operators.backfills()) {
            Control.Wish cancellation = backfill.control().cancellation();
            if (backfill.revision().equals(revision)
                    && cancellation != null
                    && !backfill.state().equals("done")) {
                throw new BackfillHeldException(backfill.id(), backfill.name(), revision, cancellation);
            }
        }
    }

    /** Undoes a phase to its end; false when it was stopped. */
    boolean undo(UndoPlan plan, Outcome outcome) {
        settings.listener().undoStarted(plan.revision(), plan.phase());
        return RunEnd.told(
                () -> undone(plan, outcome), end -> settings.listener().undoEnded(plan.revision(), plan.phase(), end));
    }

    private boolean undone(UndoPlan plan, Outcome outcome) {
        StepWork work = new StepWork(0, tools, settings.listener(), hold, outcome);
        boolean begun = false;
        for (UndoPlan.Undo undo : plan.undo()) {
            if (!begun && !undo.asks()) {
                // not before: what is refused first leaves a revision that is applied and can be used as before
                ledger.beginUndo(hold.fence(), plan.revision());
                begun = true;
            }
            if (hold.stop().isRequested() || !unlessStopped(() -> isUndone(undo.step(), work))) {
                return false;
            }
        }
        ledger.beginUndo(hold.fence(), plan.revision());
        ledger.undoPhase(hold.fence(), plan.revision(), plan.phase(), plan.ordinals());
        outcome.undone(plan.revision(), plan.phase());
        settings.listener().undoFinished(plan.revision(), plan.phase());
        return true;
    }

    private static boolean isUndone(Step.SchemaStep step, StepWork work) {
        work.schema(step);
        return true;
    }

    /** A wait that was cut short by a stop is a stop, and no failure. */
    private boolean unlessStopped(BooleanSupplier work) {
        try {
            return work.getAsBoolean();
        } catch (AthanorException e) {
            if (hold.stop().isRequested() && e.code().equals(StoppablePause.STOPPED)) {
                return false;
            }
            throw e;
        }
    }
}
