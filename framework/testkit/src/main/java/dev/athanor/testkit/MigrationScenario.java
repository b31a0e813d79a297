package dev.athanor.testkit;

import dev.athanor.catalog.SchemaPicture;
import dev.athanor.ledger.Actor;
import dev.athanor.ledger.RevisionLedger;
import dev.athanor.ledger.RevisionState;
import dev.athanor.ledger.StateSchema;
import dev.athanor.postgres.ConnectionUrl;
import dev.athanor.postgres.Database;
import dev.athanor.postgres.SchemaReader;
import dev.athanor.revision.AppliedState;
import dev.athanor.revision.RevisionGraph;
import dev.athanor.run.LintMode;
import dev.athanor.run.MigrationRunner;
import dev.athanor.run.RunResult;
import dev.athanor.run.StatusReport;
import dev.athanor.run.UpgradeRequest;
import dev.athanor.source.RevisionFolder;
import dev.athanor.source.Revisions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Puts revisions to the test on a real database:
 *
 * <pre>{@code
 * MigrationScenario.of(Path.of("migrations"))
 *         .on(database)
 *         .seed("data001", "INSERT INTO tickets (id, status) VALUES (1, 'open')")
 *         .everyRevision()
 *         .noPending()
 *         .orderValid();
 * }</pre>
 *
 * <p>What is wrong comes as an {@link AssertionError} that names the revision, the step, and the objects or rows that
 * differ. All rows of the database are read several times: give it hundreds of rows, not millions.
 */
public final class MigrationScenario {
    private final Revisions revisions;
    private final RevisionGraph graph;
    private final TestDatabase database;
    private final Map<String, List<String>> seeds = new TreeMap<>();
    private final Set<String> ignored = new HashSet<>();
    private final Set<String> notRestoring = new HashSet<>();
    private final List<String> irreversible = new ArrayList<>();
    private Map<String, String> placeholders = Map.of();
    private boolean allowsIrreversible;

    private MigrationScenario(Revisions revisions, TestDatabase database) {
        this.revisions = revisions;
        this.graph = revisions.graph();
        this.database = database;
    }

    /** The revisions of these folders. */
    public static Start of(Path... folders) {
        return of(RevisionFolder.read(List.of(folders)));
    }

    /** These revisions. */
    public static Start of(Revisions revisions) {
        return new Start(revisions);
    }

    /** A scenario that still wants its database. */
    public static final class Start {
        private final Revisions revisions;

        private Start(Revisions revisions) {
            this.revisions = revisions;
        }

        /**
         * On this database, as it is: what the revisions stand upon must be in it already.
         *
         * @throws dev.athanor.revision.GraphException when the revisions form no graph
         */
        public MigrationScenario on(TestDatabase database) {
            return new MigrationScenario(revisions, database);
        }
    }

    /** Values of <code>${name}</code> in the revisions; none by default. */
    public MigrationScenario placeholders(Map<String, String> values) {
        this.placeholders = Map.copyOf(values);
        return this;
    }

    /**
     * Runs SQL when this revision is applied and before the next one is: the rows that the revisions after it must keep.
     *
     * @param revision full id
     */
    public MigrationScenario seed(String revision, String... sql) {
        if (!graph.contains(revision)) {
            throw new IllegalArgumentException("no revision is called '" + revision + "'; there are " + graph.sorted());
        }
        seeds.computeIfAbsent(revision, id -> new ArrayList<>()).addAll(List.of(sql));
        return this;
    }

    /** Takes a revision that cannot be undone for right; it is upgraded only, and told by {@link #irreversible}. */
    public MigrationScenario allowingIrreversible() {
        this.allowsIrreversible = true;
        return this;
    }

    /**
     * Does not compare the rows after a downgrade of these revisions with the rows before their upgrade, because their
     * undo cannot tell the old values; after the second upgrade the rows are compared all the same.
     */
    public MigrationScenario notRestoring(String... ids) {
        notRestoring.addAll(List.of(ids));
        return this;
    }

    /** Leaves columns out of the comparison of rows, as {@code schema.table.column}: those that tell the time. */
    public MigrationScenario ignoring(String... columns) {
        ignored.addAll(List.of(columns));
        return this;
    }

    /**
     * Goes through the revisions that are not applied yet, in the order of the graph, each with all that it stands on and
     * with the branches beside it applied. Each is upgraded, downgraded and upgraded again. After the downgrade the schema
     * and all rows must be what they were before; after the second upgrade the schema must be what the first one made,
     * and so must be the rows, in the tables and columns that there were before.
     *
     * @throws AssertionError when anything differs or fails, or when a revision cannot be undone and that is not allowed
     */
    public MigrationScenario everyRevision() {
        try (Database open = open()) {
            Cycle cycle = new Cycle(open, runner(open));
            for (String revision : cycle.runner.status().pending()) {
                if (!new RevisionCycle(revision, cycle).run()) {
                    irreversible.add(revision);
                }
                seeds.getOrDefault(revision, List.of())
                        .forEach(sql -> database.jdbc().execute(sql));
            }
        }
        return this;
    }

    /** Ids of the revisions that {@link #everyRevision} could not undo, and was allowed to leave at that. */
    public List<String> irreversible() {
        return List.copyOf(irreversible);
    }

    /** @throws AssertionError when a revision is not applied, or is between phases */
    public MigrationScenario noPending() {
        StatusReport status = with(MigrationRunner::status);
        if (!status.pending().isEmpty() || !status.betweenPhases().isEmpty()) {
            throw new AssertionError("Revisions are pending: " + status.pending() + ", between phases: "
                    + status.betweenPhases().stream()
                            .map(StatusReport.RevisionProgress::revision)
                            .toList());
        }
        return this;
    }

    /**
     * Every revision comes after all that it revises and depends on: in the plan from nothing to all heads, and in the
     * order in which the database has applied them. The way back is the same in reverse.
     *
     * @throws AssertionError when one comes too early, twice or not at all
     */
    public MigrationScenario orderValid() {
        requireOrder(
                "upgrade heads", graph.upgrade(AppliedState.none(), "heads").ids(), Set.copyOf(graph.sorted()));
        List<String> back = new ArrayList<>(graph.downgrade(AppliedState.of(Set.copyOf(graph.sorted())), "base")
                .ids());
        Collections.reverse(back);
        requireOrder("downgrade base", back, Set.copyOf(graph.sorted()));
        try (Database open = open()) {
            List<String> applied = ledger(open).revisions().stream()
                    .map(RevisionState::id)
                    .filter(graph::contains)
                    .toList();
            requireOrder("the database", applied, Set.copyOf(applied));
        }
        return this;
    }

    private void requireOrder(String where, List<String> order, Set<String> all) {
        Set<String> done = new HashSet<>();
        for (String id : order) {
            List<String> missing = graph.ancestors(id, true).stream()
                    .filter(before -> !done.contains(before))
                    .toList();
            if (!missing.isEmpty()) {
                throw new AssertionError("Revision " + id + ", order of " + where + ": it comes before " + missing
                        + ", on which it stands; the order is " + order);
            }
            if (!done.add(id)) {
                throw new AssertionError("Revision " + id + ", order of " + where + ": it comes twice in " + order);
            }
        }
        if (!done.equals(all)) {
            throw new AssertionError("Order of " + where + ": " + order + " are not all of " + new TreeSet<>(all));
        }
    }

    private <T> T with(Function<MigrationRunner, T> work) {
        try (Database open = open()) {
            return work.apply(runner(open));
        }
    }

    private Database open() {
        return Database.open(ConnectionUrl.parse(database.url(), Map.of()), MigrationRunner.connectionsFor(revisions));
    }

    private MigrationRunner runner(Database open) {
        return MigrationRunner.of(open, revisions)
                .placeholders(placeholders)
                .lint(LintMode.OFF)
                .build();
    }

    private static RevisionLedger ledger(Database open) {
        return new RevisionLedger(
                open.transactions(), new StateSchema(open.transactions(), StateSchema.DEFAULT_NAME), Actor.ofSystem());
    }

    /** The steps on an open database. */
    private final class Cycle implements RevisionCycle.Desk {
        private final SchemaReader reader;
        private final MigrationRunner runner;
        private final RevisionLedger ledger;

        Cycle(Database open, MigrationRunner runner) {
            this.reader = new SchemaReader(open.transactions());
            this.runner = runner;
            this.ledger = ledger(open);
        }

        @Override
        public RunResult upgrade(String revision) {
            return runner.upgrade(new UpgradeRequest(revision, null));
        }

        @Override
        public RunResult downgrade(String revision) {
            Set<String> applied = new TreeSet<>();
            ledger.revisions().forEach(state -> applied.add(state.id()));
            String target = UndoTarget.of(graph, applied, revision)
                    .orElseThrow(() -> new AssertionError("Revision " + revision
                            + ", downgrade: no target undoes it alone, with these applied: " + applied));
            return runner.downgrade(target);
        }

        @Override
        public SchemaPicture schema() {
            return reader.read(List.of(StateSchema.DEFAULT_NAME));
        }

        @Override
        public RowPicture rows() {
            return RowPicture.of(database.jdbc(), StateSchema.DEFAULT_NAME, ignored);
        }

        @Override
        public boolean allowsIrreversible() {
            return allowsIrreversible;
        }

        @Override
        public boolean restoresRows(String revision) {
            return !notRestoring.contains(revision);
        }
    }
}
