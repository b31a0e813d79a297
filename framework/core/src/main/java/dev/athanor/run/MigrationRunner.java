package dev.athanor.run;

import dev.athanor.backfill.BackfillEngine;
import dev.athanor.backfill.ChunkProbe;
import dev.athanor.ledger.Actor;
import dev.athanor.ledger.LeaseSettings;
import dev.athanor.ledger.RevisionLedger;
import dev.athanor.ledger.StateSchema;
import dev.athanor.postgres.Database;
import dev.athanor.postgres.PoolSettings;
import dev.athanor.revision.RevisionGraph;
import dev.athanor.revision.RevisionPlan;
import dev.athanor.schema.BlockerPolicy;
import dev.athanor.source.Revisions;
import dev.athanor.source.Section;
import dev.athanor.sql.QualifiedName;
import dev.athanor.throttle.ThrottleSettings;
import io.micrometer.observation.ObservationRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The door to the library: upgrades and downgrades a database along a graph of revisions, goes on with what was interrupted, and tells
 * where the database stands. Blocking; one run at a time.
 *
 * <pre>{@code
 * Revisions revisions = RevisionFolder.read(List.of(Path.of("migrations")));
 * try (Database database = Database.open(url, MigrationRunner.connectionsFor(revisions))) {
 *     MigrationRunner.of(database, revisions).build().upgrade(new UpgradeRequest("heads", null));
 * }
 * }</pre>
 */
public final class MigrationRunner {
    private static final int WORKERS = 2;
    /** Beside the workers: operators' wishes and vitals, signals, a VACUUM, a verification. */
    private static final int WATCHERS = 4;

    private final Run run;
    private final StatusReader status;
    private final Plans plans;
    private final Supplier<Doctor> doctor;
    private final Checker checker;
    private final DryRun dryRun;
    private final Operations operations;
    private final Function<LintRequest, LintReport> lint;

    private MigrationRunner(Database database, Revisions revisions, RunSettings settings) {
        RevisionGraph graph = revisions.graph();
        StateSchema schema = new StateSchema(database.transactions(), settings.stateSchema());
        this.run = new Run(database, revisions, graph, schema, settings);
        this.status = new StatusReader(database, revisions, graph, schema, settings);
        this.operations = new Operations(database, revisions, settings, status, run);
        this.dryRun = new DryRun(database, revisions, graph, schema, settings);
        this.plans = new Plans(database, graph, schema, settings);
        this.doctor = () -> new Doctor(database, revisions, schema, settings, status);
        this.checker = new Checker(database, graph, schema, settings, status);
        this.lint = request -> new OnlineLint(database, settings.placeholders())
                .report(
                        request,
                        revisions,
                        graph,
                        new RevisionLedger(database.transactions(), schema, settings.actor()));
    }

    /** Begins to build a runner. */
    public static Builder of(Database database, Revisions revisions) {
        return new Builder(database, revisions);
    }

    /**
     * Connections that these revisions need at most: one for each worker that the widest backfill has or may be given, and
     * some to look on.
     */
    public static PoolSettings connectionsFor(Revisions revisions) {
        int workers = revisions.definitions().stream()
                .flatMap(revision -> revision.sections().stream())
                .filter(Section.Backfill.class::isInstance)
                .map(section -> ((Section.Backfill) section).options().workers())
                .mapToInt(number -> number == null ? WORKERS : number)
                .max()
                .orElse(WORKERS);
        return PoolSettings.DEFAULTS.withReactiveConnections(
                Math.max(workers, BackfillEngine.MOST_WORKERS_SET) + WATCHERS);
    }

    /**
     * Runs what is pending up to the target.
     *
     * @throws dev.athanor.AthanorException why it could not; all that was committed stays, and {@link #resume} goes on
     */
    public RunResult upgrade(UpgradeRequest request) {
        return run.upgrade(request);
    }

    /**
     * Undoes what stands on the target, newest revision first, each from contract back to expand by its undo sections. A
     * revision that is between phases counts as applied here: its begun phases are undone.
     *
     * @param target where to stop, which itself stays applied; {@code base} for nothing left
     * @throws dev.athanor.AthanorException kind REFUSED, code {@code irreversible}, with all reasons, when anything of it
     *     has no undo; nothing is changed then. Otherwise why it could not; {@link #resume} goes on
     */
    public RunResult downgrade(String target) {
        return run.downgrade(target);
    }

    /**
     * Sets what is applied without running anything. A target takes the place of all rows above and below it; rows of
     * other branches stay. Revisions that stay applied keep their rows in the ledger.
     *
     * @param targets one or several; no steps from somewhere
     * @param purge whether to begin with an empty table, which also forgets revisions that no file has
     */
    public RunResult stamp(List<String> targets, boolean purge) {
        return run.stamp(targets, purge);
    }

    /**
     * What it would mean to take over from another tool. Reads only.
     *
     * @throws dev.athanor.AthanorException when its table is not there, a version has no revision, or the two ledgers differ
     */
    public Adoption planAdoption(AdoptionRequest request) {
        return run.planAdoption(request);
    }

    /**
     * Takes over from another tool: stamps what {@link #planAdoption} finds, under the lease. Takes none when there is nothing
     * to do.
     *
     * @throws dev.athanor.AthanorException as {@link #planAdoption}; kind LEASE_HELD when another process is at work
     */
    public Adoption adopt(AdoptionRequest request) {
        return run.adopt(request);
    }

    /** What {@link #upgrade} would run now. Reads only; a database that Athanor has never seen has nothing applied. */
    public RevisionPlan planUpgrade(String target) {
        return plans.upgrade(target);
    }

    /**
     * What {@link #upgrade} would run now, statement by statement, with the locks it would take on the tables that are there
     * and the rows it would walk. Changes nothing, takes no lease, and needs no right but to read the ledger.
     *
     * @throws dev.athanor.AthanorException as {@link #upgrade}, where that would refuse before it begins
     */
    public DryRunReport dryRun(UpgradeRequest request) {
        return dryRun.upgrade(request);
    }

    /** What {@link #downgrade} would undo now. Reads only. */
    public RevisionPlan planDowngrade(String target) {
        return plans.downgrade(target);
    }

    /** What {@link #stamp} would set and unset now. Reads only. */
    public RevisionPlan planStamp(List<String> targets, boolean purge) {
        return plans.stamp(targets, purge);
    }

    /**
     * Goes on with the run that failed, was stopped or was killed: with the revisions and the phase that were asked for
     * then, and no more. Does nothing when there is none.
     *
     * @param revision only this one of them; null: all
     */
    public RunResult resume(@Nullable String revision) {
        return run.resume(revision);
    }

    /** Whether the database and its ledger are fit for a run. Reads only; never fails for what it finds. */
    public DoctorReport doctor() {
        return doctor.get().examine();
    }

    /** What operators ask of backfills, and what they see of them. */
    public Operations operations() {
        return operations;
    }

    /** The same door for reactive callers. */
    public ReactiveMigrationRunner reactive() {
        return new ReactiveMigrationRunner(this);
    }

    /** Where the database stands. Reads only; a database that Athanor has never seen has everything pending. */
    public StatusReport status() {
        return status.read();
    }

    /**
     * What is not in order: revisions to run, several heads, revisions that no file has or whose file has changed, and
     * drift. Reads only.
     */
    public CheckReport check() {
        return checker.check(true);
    }

    /** As {@link #check}, but the schema is not compared with what the newest run left. */
    public CheckReport checkRevisions() {
        return checker.check(false);
    }

    /**
     * What would hurt if it were run: of the revisions that are pending or between phases, or of those that are named.
     * Findings weigh as much as their tables are large: what is only slow on a large table is information on one of {@link
     * dev.athanor.lint.SizeWeight#SMALL_BYTES} or less. Reads only.
     */
    public LintReport lint(LintRequest request) {
        return lint.apply(request);
    }

    /**
     * Asks the run to end at its next clean checkpoint. From any thread. The wish stays: to go on, build another runner.
     */
    public void stop() {
        run.stop();
    }

    /** Builds a runner; everything has a default. */
    public static final class Builder {
        private final Database database;
        private final Revisions revisions;
        private Map<String, String> placeholders = Map.of();
        private String stateSchema = StateSchema.DEFAULT_NAME;
        private Duration lease = LeaseSettings.DEFAULT_LENGTH;
        private boolean takeover;
        private @Nullable Actor actor;
        private RunListener listener = RunListener.NONE;
        private Clock clock = Clock.systemUTC();
        private @Nullable Duration patience;
        private boolean exitWhenPaused;
        private final Map<String, Supplier<Database>> sources = new HashMap<>();
        private ChunkProbe probe = ChunkProbe.NONE;
        private ObservationRegistry observations = ObservationRegistry.NOOP;
        private ThrottleSettings throttle = ThrottleSettings.DEFAULTS;
        private BlockerPolicy blockers = BlockerPolicy.NONE;
        private @Nullable Instant deadline;
        private LintSetup lint = LintSetup.DEFAULT;

        private Builder(Database database, Revisions revisions) {
            this.database = database;
            this.revisions = revisions;
        }

        /** Values of <code>${name}</code> in the revisions; none by default. */
        public Builder placeholders(Map<String, String> values) {
            this.placeholders = Map.copyOf(values);
            return this;
        }

        /** Schema of Athanor's own tables; {@code athanor} by default. */
        public Builder stateSchema(String name) {
            this.stateSchema = name;
            return this;
        }

        /** How long a lease lives without a heartbeat; 15 seconds by default. */
        public Builder lease(Duration length) {
            this.lease = length;
            return this;
        }

        /** Takes the lease at once, because its owner is known to be gone; false by default. */
        public Builder takeover(boolean atOnce) {
            this.takeover = atOnce;
            return this;
        }

        /** Who is recorded; by default the user and host of the operating system. */
        public Builder actor(Actor who) {
            this.actor = who;
            return this;
        }

        /** Hears what happens, and so do those that were given before. */
        public Builder listener(RunListener hears) {
            this.listener = RunListener.all(listener, hears);
            return this;
        }

        /** Measures chunks and pauses; the system's by default. */
        public Builder clock(Clock time) {
            this.clock = time;
            return this;
        }

        /** How long a chunk is tried again before its range fails; 10 minutes by default. */
        public Builder patience(Duration longest) {
            this.patience = longest;
            return this;
        }

        /**
         * A database that copies may read, by the name that {@link dev.athanor.migration.CopyBackfill#from} calls it by; it
         * needs a reactive connection for each worker, and is closed by whoever has opened it. None by default.
         */
        public Builder source(String name, Database from) {
            return source(name, () -> from);
        }

        /** As {@link #source(String, Database)}, opened when a copy needs it; the supplier is asked once for each copy. */
        public Builder source(String name, Supplier<Database> from) {
            sources.put(name, from);
            return this;
        }

        /** Hears of every moment of every chunk, for tests that crash at one; nobody by default. */
        public Builder probe(ChunkProbe hears) {
            this.probe = hears;
            return this;
        }

        /** Which signals hold backfills back; by default those that need nothing said, at their default limits. */
        public Builder throttle(ThrottleSettings signals) {
            this.throttle = signals;
            return this;
        }

        /** Whom to end when a schema statement has waited for him; nobody by default. */
        public Builder blockers(BlockerPolicy policy) {
            this.blockers = policy;
            return this;
        }

        /** When a run stops at a clean checkpoint, resumable; never by default. */
        public Builder deadline(Instant when) {
            this.deadline = when;
            return this;
        }

        /**
         * What {@link MigrationRunner#upgrade} does with what lint finds in the revisions it is going to run; by default
         * errors that nothing excuses refuse it, with kind REFUSED and code {@code lint_refused}.
         */
        public Builder lint(LintMode mode) {
            this.lint = new LintSetup(mode, lint.smallTables());
            return this;
        }

        /** Tables declared to be so small that locks and rewrites of them do not matter to lint; none by default. */
        public Builder smallTables(Set<QualifiedName> tables) {
            this.lint = new LintSetup(lint.mode(), tables);
            return this;
        }

        /**
         * Ends at a clean checkpoint, as {@link MigrationRunner#stop()} does, when an operator has paused the backfill that
         * is run; false by default, which is to wait until it is resumed.
         */
        public Builder exitWhenPaused(boolean ends) {
            this.exitWhenPaused = ends;
            return this;
        }

        /**
         * Where Spring Batch's own observations of jobs and steps go; nowhere by default. For observations of runs, phases and
         * sections give {@link #listener} the one of {@code telemetry.AthanorObservations} too.
         */
        public Builder observations(ObservationRegistry registry) {
            this.observations = registry;
            return this;
        }

        /**
         * The runner.
         *
         * @throws dev.athanor.revision.GraphException when the revisions form no graph
         */
        public MigrationRunner build() {
            Actor who = actor == null ? Actor.ofSystem() : actor;
            return new MigrationRunner(
                    database,
                    revisions,
                    new RunSettings(
                            placeholders,
                            stateSchema,
                            lease,
                            takeover,
                            who,
                            listener,
                            clock,
                            patience,
                            probe,
                            exitWhenPaused,
                            sources,
                            observations,
                            throttle,
                            blockers,
                            deadline,
                            lint));
        }
    }
}
