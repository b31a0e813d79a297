package dev.athanor.run;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.backfill.StopSignal;
import dev.athanor.catalog.SchemaDifference;
import dev.athanor.ledger.Fence;
import dev.athanor.ledger.FencedOffException;
import dev.athanor.ledger.Lease;
import dev.athanor.ledger.LeaseHolder;
import dev.athanor.ledger.LeaseListener;
import dev.athanor.ledger.LeaseSettings;
import dev.athanor.ledger.Leases;
import dev.athanor.ledger.OwnProcess;
import dev.athanor.ledger.RevisionLedger;
import dev.athanor.ledger.RevisionState;
import dev.athanor.ledger.RunLog;
import dev.athanor.ledger.RunLog.OpenRun;
import dev.athanor.ledger.StateSchema;
import dev.athanor.ledger.VersionTable;
import dev.athanor.plan.PhasePlan;
import dev.athanor.plan.PhasePlanner;
import dev.athanor.postgres.Database;
import dev.athanor.postgres.Pause;
import dev.athanor.revision.AppliedState;
import dev.athanor.revision.Phase;
import dev.athanor.revision.RevisionGraph;
import dev.athanor.source.RevisionDefinition;
import dev.athanor.source.Revisions;
import dev.athanor.throttle.SignalRights;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One upgrade or resume under the lease: what is pending, in order, phase by phase. */
final class Run {
    private final Database database;
    private final Revisions revisions;
    private final RevisionGraph graph;
    private final StateSchema schema;
    private final RunSettings settings;
    private final RevisionLedger ledger;
    private final RunLog log;
    private final PictureKeeper pictures;
    private final Checker checker;
    private final LintGate gate;
    private final StopSignal stop = new StopSignal();

    Run(Database database, Revisions revisions, RevisionGraph graph, StateSchema schema, RunSettings settings) {
        this.database = database;
        this.revisions = revisions;
        this.graph = graph;
        this.schema = schema;
        this.settings = settings;
        this.ledger = new RevisionLedger(database.transactions(), schema, settings.actor());
        this.log = new RunLog(database.transactions(), schema, settings.actor());
        this.pictures = new PictureKeeper(database, schema, settings);
        this.gate = new LintGate(database, settings);
        this.checker = new Checker(
                database, graph, schema, settings, new StatusReader(database, revisions, graph, schema, settings));
    }

    void stop() {
        stop.request();
    }

    RunResult upgrade(UpgradeRequest request) {
        List<SchemaDifference> drift = checker.driftBefore();
        return underLease("upgrade", (fence, timers) -> {
            Map<String, RevisionState> states = states();
            List<RevisionDefinition> pending =
                    definitions(graph.upgrade(Graphs.known(graph, states.values()), request.target())
                            .ids());
            requireNoneUndone(pending, states);
            Agenda agenda = agenda(pending, request.phase(), states);
            if (pending.isEmpty()) {
                return nothing();
            }
            gate.check(pending, states, true);
            return execute(agenda, log.begin(ids(pending), request.phase()), hold(fence, timers), drift);
        });
    }

    static void requireNoneUndone(List<RevisionDefinition> pending, Map<String, RevisionState> states) {
        List<String> undoing = ids(pending).stream()
                .filter(id -> states.containsKey(id) && states.get(id).undoing())
                .toList();
        if (!undoing.isEmpty()) {
            throw new AthanorException(
                    FailureKind.REFUSED,
                    "being_undone",
                    "A downgrade of " + String.join(", ", undoing) + " was begun and is not finished.",
                    "Finish it with: athanor resume (or name its target again: athanor downgrade TARGET)");
        }
    }

    RunResult downgrade(String target) {
        List<SchemaDifference> drift = checker.driftBefore();
        return underLease("downgrade", (fence, timers) -> {
            Map<String, RevisionState> states = states();
            List<RevisionDefinition> begun = definitions(
                    graph.downgrade(AppliedState.of(states.keySet()), target).ids());
            UndoAgenda agenda = undoAgenda(begun, states);
            agenda.requireUndoable();
            if (begun.isEmpty()) {
                return nothing();
            }
            return execute(agenda, log.beginDowngrade(ids(begun)), hold(fence, timers), drift);
        });
    }

    RunResult stamp(List<String> targets, boolean purge) {
        return underLease("stamp", (fence, timers) -> {
            Outcome outcome = new Outcome(settings.clock());
            Stamping stamping = Stamping.of(graph, revisions, states(), targets, purge);
            stamp(stamping, fence);
            stamping.steps(purge).forEach(outcome::step);
            pictures.keep(fence, outcome);
            return outcome.result(heads(), false);
        });
    }

    private void stamp(Stamping stamping, Fence fence) {
        // first, so that no crash in between leaves a run to be resumed that the stamp has overtaken
        log.abandon();
        ledger.stamp(fence, stamping.applied(), stamping.forgotten());
    }

    private RunResult nothing() {
        return new Outcome(settings.clock()).result(heads(), false);
    }

    Adoption planAdoption(AdoptionRequest request) {
        VersionTable versions = VersionTable.read(database.transactions(), request.from(), request.table());
        return new AdoptionPlanner(graph, request).plan(versions, ledger.revisions());
    }

    /** Looks again under the lease, because somebody may have been faster. */
    Adoption adopt(AdoptionRequest request) {
        Adoption before = planAdoption(request);
        if (before.plan().isEmpty()) {
            return before;
        }
        return underLease(
                "adopt",
                (fence, timers) -> {
                    Adoption adoption = planAdoption(request);
                    if (adoption.plan().isEmpty()) {
                        return adoption;
                    }
                    List<String> rows = adoption.plan().rowsAfter();
                    stamp(Stamping.of(graph, revisions, states(), rows, false), fence);
                    pictures.keep(fence, new Outcome(settings.clock()));
                    return adoption.done();
                },
                adoption -> false);
    }

    RunResult resume(@Nullable String only) {
        @Nullable String wanted = only == null ? null : single(only);
        List<SchemaDifference> drift = checker.driftBefore();
        return underLease("resume", (fence, timers) -> {
            OpenRun open = log.open().orElse(null);
            if (open == null || wanted != null && !open.revisions().contains(wanted)) {
                return nothing();
            }
            Map<String, RevisionState> states = states();
            requireKnown(open, states);
            if (open.downgrade()) {
                UndoAgenda agenda = undoAgenda(leftToUndo(open, states, wanted), states);
                agenda.requireUndoable();
                return execute(agenda, open, hold(fence, timers), drift);
            }
            List<RevisionDefinition> pending = definitions(graph.sorted().stream()
                    .filter(id -> open.revisions().contains(id) && isAsked(id, wanted))
                    .filter(id -> !isApplied(states.get(id)))
                    .toList());
            Agenda agenda = agenda(pending, open.phase(), states);
            gate.check(pending, states, false);
            return execute(agenda, open, hold(fence, timers), drift);
        });
    }

    /** What is open of one revision's backfill phase; whatever else was asked for stays open. */
    RunResult backfill(String revision) {
        return underLease("backfill", (fence, timers) -> {
            Map<String, RevisionState> states = states();
            List<RevisionDefinition> only = definitions(List.of(revision));
            requireNoneUndone(only, states);
            Agenda agenda = agenda(only, Phase.BACKFILL, states);
            settings.listener().planned(agenda.revisions());
            Outcome outcome = new Outcome(settings.clock());
            PhaseDriver driver = new PhaseDriver(database, schema, ledger, settings, hold(fence, timers));
            boolean complete = agenda.run(driver::run, outcome, stop);
            log.open().filter(open -> complete && isReached(open)).ifPresent(log::finish);
            return outcome.result(heads(), !complete);
        });
    }

    /** In the order in which the downgrade was asked for; never a revision without those that stand on it. */
    private List<RevisionDefinition> leftToUndo(
            OpenRun open, Map<String, RevisionState> states, @Nullable String wanted) {
        int end = wanted == null ? open.revisions().size() : open.revisions().indexOf(wanted) + 1;
        return definitions(open.revisions().subList(0, end).stream()
                .filter(states::containsKey)
                .toList());
    }

    /** A revision is never resumed without what it stands on. */
    private boolean isAsked(String id, @Nullable String wanted) {
        return wanted == null
                || id.equals(wanted)
                || graph.ancestors(wanted, true).contains(id);
    }

    private void requireKnown(OpenRun open, Map<String, RevisionState> states) {
        List<String> missing = open.revisions().stream()
                .filter(id ->
                        !graph.contains(id) && (open.downgrade() ? states.containsKey(id) : !isApplied(states.get(id))))
                .toList();
        if (!missing.isEmpty()) {
            throw new AthanorException(
                    FailureKind.GRAPH,
                    "unknown_revision",
                    "The run to go on with has revisions that no file has: " + String.join(", ", missing) + ".",
                    "Name the right folders: athanor resume --migrations DIR");
        }
    }

    private String single(String target) {
        List<String> found = graph.resolve(target);
        if (found.size() == 1) {
            return found.get(0);
        }
        throw new AthanorException(
                FailureKind.USAGE,
                "several_revisions",
                "'" + target + "' names " + found.size() + " revisions; resume takes one, or none for all.",
                "athanor resume");
    }

    private RunResult execute(Agenda agenda, OpenRun open, PhaseDriver.Hold hold, List<SchemaDifference> drift) {
        settings.listener().planned(agenda.revisions());
        Outcome outcome = new Outcome(settings.clock());
        PhaseDriver driver = new PhaseDriver(database, schema, ledger, settings, hold);
        agenda.notes().forEach(outcome::note);
        if (settings.deadline() != null) {
            hold.deadline().at(settings.deadline(), "The deadline of the run");
        }
        boolean complete = pictures.after(() -> agenda.run(driver::run, outcome, stop), drift, hold.fence(), outcome);
        hold.deadline().passed().filter(why -> !complete).ifPresent(outcome::note);
        if (complete && isReached(open)) {
            log.finish(open);
        }
        return outcome.result(heads(), !complete);
    }

    private RunResult execute(UndoAgenda agenda, OpenRun open, PhaseDriver.Hold hold, List<SchemaDifference> drift) {
        settings.listener().planned(agenda.revisions());
        Outcome outcome = new Outcome(settings.clock());
        PhaseDriver driver = new PhaseDriver(database, schema, ledger, settings, hold);
        boolean complete = pictures.after(() -> agenda.run(driver, outcome, stop), drift, hold.fence(), outcome);
        Map<String, RevisionState> left = states();
        if (complete && open.revisions().stream().noneMatch(left::containsKey)) {
            log.finish(open);
        }
        return outcome.result(heads(), !complete);
    }

    private PhaseDriver.Hold hold(Fence fence, ScheduledExecutorService timers) {
        return new PhaseDriver.Hold(fence, timers, stop, new Deadline(settings.clock(), timers, stop));
    }

    private UndoAgenda undoAgenda(List<RevisionDefinition> newestFirst, Map<String, RevisionState> states) {
        return new UndoAgenda(newestFirst, new PhasePlanner(settings.placeholders()).undo(newestFirst), states, ledger);
    }

    private boolean isReached(OpenRun open) {
        Map<String, RevisionState> states = states();
        Phase last = open.phase() == null ? Phase.CONTRACT : open.phase();
        return open.revisions().stream().allMatch(id -> {
            RevisionState state = states.get(id);
            return state != null && state.hasFinished(last);
        });
    }

    private Agenda agenda(List<RevisionDefinition> pending, @Nullable Phase phase, Map<String, RevisionState> states) {
        List<PhasePlan> plans = new PhasePlanner(settings.placeholders()).plan(pending);
        new DoneParts(ledger).requireUnchanged(plans, states);
        Agenda agenda = new Agenda(pending, plans, new Agenda.Scope(graph, ledger, phase));
        if (agenda.hasBackfills()) {
            // before anything is begun: a signal that was asked for and may not be read is refused
            SignalRights.examine(database.transactions(), settings.throttle())
                    .ifPresent(missing -> agenda.note("Throttle: " + missing.finding() + ". " + missing.remedy()));
        }
        return agenda;
    }

    private interface Work<T> {
        T under(Fence fence, ScheduledExecutorService timers);
    }

    private RunResult underLease(String command, Work<RunResult> work) {
        return underLease(command, work, RunResult::stopped);
    }

    private <T> T underLease(String command, Work<T> work, Predicate<T> stopped) {
        settings.listener().runStarted(command);
        AtomicReference<@Nullable T> result = new AtomicReference<>();
        RunEnd.told(
                () -> {
                    T reached = underLease(work, stopped);
                    result.set(reached);
                    return !stopped.test(reached);
                },
                end -> settings.listener().runEnded(command, end));
        return Objects.requireNonNull(result.get());
    }

    private <T> T underLease(Work<T> work, Predicate<T> stopped) {
        ScheduledExecutorService timers = Executors.newScheduledThreadPool(2, task -> {
            Thread thread = new Thread(task, "athanor-timer");
            thread.setDaemon(true);
            return thread;
        });
        LeaseSettings lease = new LeaseSettings(
                settings.lease(),
                settings.actor(),
                OwnProcess.current(),
                new StoppablePause(Pause.real(), stop),
                timers);
        try (Lease held = new Leases(database.transactions(), schema, lease).acquire(settings.takeover(), listener())) {
            database.hideFromSearchPath(schema.name());
            return whileOurs(held, () -> work.under(held.fence(), timers), stopped);
        } finally {
            timers.shutdownNow();
        }
    }

    /** What fails or stops because another has taken the lease says so, whatever it met first. */
    private static <T> T whileOurs(Lease held, Supplier<T> work, Predicate<T> stopped) {
        try {
            T result = work.get();
            if (!stopped.test(result) || !held.isLost()) {
                return result;
            }
        } catch (RuntimeException e) {
            if (e instanceof FencedOffException || !held.isLostNow()) {
                throw e;
            }
            FencedOffException fencedOff = new FencedOffException(held.fence());
            fencedOff.addSuppressed(e);
            throw fencedOff;
        }
        throw new FencedOffException(held.fence());
    }

    private LeaseListener listener() {
        return new LeaseListener() {
            @Override
            public void taken(Fence ours) {
                settings.listener().leaseTaken();
            }

            @Override
            public void renewed(Fence ours) {
                settings.listener().leaseRenewed();
            }

            @Override
            public void waiting(LeaseHolder holder, Duration remaining) {
                settings.listener().waitingForLease(holder.describe(), remaining);
            }

            @Override
            public void takenOver(LeaseHolder previous) {
                settings.listener().takenOver(previous.describe());
            }

            @Override
            public void lost(Fence ours) {
                stop.request();
            }
        };
    }

    private Map<String, RevisionState> states() {
        return ledger.revisions().stream().collect(Collectors.toMap(RevisionState::id, state -> state));
    }

    private List<String> heads() {
        return Graphs.heads(graph, Graphs.applied(ledger.revisions()));
    }

    private List<RevisionDefinition> definitions(List<String> ids) {
        return ids.stream().map(id -> revisions.find(id).orElseThrow()).toList();
    }

    private static List<String> ids(List<RevisionDefinition> definitions) {
        return definitions.stream().map(RevisionDefinition::id).toList();
    }

    private static boolean isApplied(@Nullable RevisionState state) {
        return state != null && state.applied();
    }
}
