package dev.athanor.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.postgres.Pause;
import dev.athanor.testkit.ChildJvm;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TcpProxy;
import dev.athanor.testkit.TestDatabase;
import dev.athanor.testkit.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A backfill that is not idempotent, in a process of its own behind a network of its own, to which something happens every
 * few seconds. It is paced so that it lasts for as long as things happen; then it is left in peace to end.
 */
final class Chaos {
    /** Done, failed but resumable, or kept off by the lease of the process before it. */
    private static final Set<Integer> FAIR_ENDS = Set.of(0, 4, 6);
    /** Processes that the end may take: what was frozen or cut last may still fail one or two. */
    private static final int LAST_TRIES = 5;

    private static final Duration LONGEST_END = Duration.ofMinutes(15);
    private static final int SHORTEST_PEACE_MILLIS = 200;
    private static final int MOST_MORE_PEACE_MILLIS = 1_800;
    /** Looks at a process that begins; five seconds. */
    private static final int LOOKS = 50;

    private static final Duration LOOK = Duration.ofMillis(100);

    /**
     * What to do.
     *
     * @param duration how long things happen
     */
    record Plan(int rows, Duration duration, int workers, long seed) {
        long rowsPerSecond() {
            return Math.max(1, rows / duration.toSeconds());
        }
    }

    /**
     * Something that happened.
     *
     * @param rows changed by then, as the ledger says; -1 when the server did not answer
     */
    record Entry(Duration at, String event, String detail, long rows) {}

    /** What everything that can happen needs. */
    record Scene(
            Plan plan, TestServer server, TestDatabase database, TcpProxy proxy, Migrations direct, Random random) {}

    private final Plan plan;
    private final Consumer<Entry> told;
    private final List<Entry> entries = new ArrayList<>();
    private Instant begun = Instant.EPOCH;

    Chaos(Plan plan, Consumer<Entry> told) {
        this.plan = plan;
        this.told = told;
    }

    /**
     * Runs it; fails when not every row is done exactly once.
     *
     * @return what happened
     */
    List<Entry> run(Path folder) {
        try (TestServer server = TestServer.dedicated();
                TestDatabase database = server.newDatabase();
                TcpProxy proxy = TcpProxy.before(database)) {
            Once once = new Once(database, plan.rows());
            Migrations direct = once.prepare(
                    folder, database, "workers=" + plan.workers() + " max-rows-per-second=" + plan.rowsPerSecond());
            Scene scene = new Scene(plan, server, database, proxy, direct, new Random(plan.seed()));
            begun = Instant.now();
            disturb(scene);
            bringToAnEnd(scene);
            once.exactlyOnce();
            return List.copyOf(entries);
        }
    }

    private void disturb(Scene scene) {
        ChildJvm child = start(scene);
        awaitWork(scene, child);
        try {
            ChaosEvents events = new ChaosEvents(scene);
            while (Duration.between(begun, Instant.now()).compareTo(plan.duration()) < 0) {
                Pause.real()
                        .await(Duration.ofMillis(
                                SHORTEST_PEACE_MILLIS + scene.random().nextInt(MOST_MORE_PEACE_MILLIS)));
                if (!child.isAlive()) {
                    assertFair(child);
                    child = start(scene);
                    awaitWork(scene, child);
                }
                ChaosEvents.Kind kind = events.next();
                String detail = events.happen(kind, child, left());
                tell(scene, kind.name().toLowerCase(Locale.ROOT), detail);
            }
            events.calm();
        } finally {
            child.close();
        }
    }

    private void bringToAnEnd(Scene scene) {
        for (int tries = 1; tries <= LAST_TRIES; tries++) {
            try (ChildJvm child = start(scene)) {
                int code = child.awaitExit(LONGEST_END);
                tell(scene, "process_ended", "exit code " + code);
                assertFair(child);
                if (code == 0) {
                    return;
                }
            }
        }
        throw new AssertionError("the backfill does not come to an end in peace");
    }

    private ChildJvm start(Scene scene) {
        ChildJvm child = WorkerProcess.upgrading(scene.direct().at(scene.proxy().url()));
        tell(scene, "process_begun", "process " + child.processId());
        return child;
    }

    /** Mostly lets a process come to its work; it may be paused, so not for long. Now and then it is met at its start. */
    private static void awaitWork(Scene scene, ChildJvm child) {
        long before = changed(scene.database().jdbc());
        int looks = scene.random().nextInt(4) == 0 ? 0 : LOOKS;
        for (int look = 0; look < looks && child.isAlive(); look++) {
            if (changed(scene.database().jdbc()) > Math.max(0, before)) {
                return;
            }
            Pause.real().await(LOOK);
        }
    }

    /** A process may end by itself, but only as documented. */
    private static void assertFair(ChildJvm child) {
        int code = child.awaitExit(WorkerProcess.PATIENCE);
        boolean killed = code == 137;
        assertThat(killed || FAIR_ENDS.contains(code))
                .as(() -> "exit code " + code + ":\n" + String.join("\n", child.output()))
                .isTrue();
    }

    private Duration left() {
        return plan.duration().minus(Duration.between(begun, Instant.now()));
    }

    private void tell(Scene scene, String event, String detail) {
        Entry entry = new Entry(
                Duration.between(begun, Instant.now()),
                event,
                detail,
                changed(scene.database().jdbc()));
        entries.add(entry);
        told.accept(entry);
    }

    /** As far as the ledger says; it may not be there yet, and the server may be on its way up. */
    static long changed(Jdbc sql) {
        try {
            return sql.number("SELECT coalesce(sum(rows_changed), 0) FROM athanor.backfill_range");
        } catch (IllegalStateException e) {
            return -1;
        }
    }
}
