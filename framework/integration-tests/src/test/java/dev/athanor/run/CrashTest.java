package dev.athanor.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.embedded.StopMode;
import dev.athanor.testkit.ChildJvm;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import dev.athanor.testkit.TestServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes killed and servers crashed at random moments; whatever they were at is done once in the end. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class CrashTest {
    private static final int ROWS = 100_000;
    private static final int KILLS = 10;
    /** Lines of output at most before a kill: all kills together come before the end of a thousand chunks. */
    private static final int LINES = 90;

    @TempDir
    private Path folder;

    @Test
    void whatever_dies_every_row_is_changed_once() {
        long seed = Long.getLong("athanor.test.seed", System.nanoTime());
        System.out.println("CrashTest seed: -Dathanor.test.seed=" + seed);
        Random random = new Random(seed);
        try (TestServer server = TestServer.dedicated();
                TestDatabase database = server.newDatabase()) {
            Once once = new Once(database, ROWS);
            Migrations migrations =
                    once.prepare(folder, database, "chunk-size=100 max-rows-per-second=40000 workers=2");
            for (int kill = 1; kill <= KILLS; kill++) {
                killAfter(1 + random.nextInt(LINES), migrations);
                if (kill == KILLS / 3 || kill == 2 * KILLS / 3) {
                    crashServerAfter(1 + random.nextInt(LINES), migrations, server);
                }
            }
            try (ChildJvm last = WorkerProcess.upgrading(migrations)) {
                assertThat(last.awaitExit(WorkerProcess.PATIENCE))
                        .as(() -> String.join("\n", last.output()))
                        .isZero();
            }
            once.everythingIsDoneOnce();
        }
    }

    private static void killAfter(int lines, Migrations migrations) {
        try (ChildJvm child = WorkerProcess.upgrading(migrations)) {
            child.awaitLine("#" + lines + " ", WorkerProcess.PATIENCE);
            child.kill9();
        }
    }

    /** The process lives on through the crash, or fails and can be resumed. */
    private static void crashServerAfter(int lines, Migrations migrations, TestServer server) {
        try (ChildJvm child = WorkerProcess.upgrading(migrations)) {
            child.awaitLine("#" + lines + " ", WorkerProcess.PATIENCE);
            server.restart(StopMode.IMMEDIATE);
            int seen = child.output().size();
            Awaitility.await("the child goes on or ends")
                    .atMost(WorkerProcess.PATIENCE)
                    .until(() -> !child.isAlive() || child.output().size() > seen + LINES / 3);
            if (!child.isAlive()) {
                assertThat(child.awaitExit(WorkerProcess.PATIENCE))
                        .as(() -> String.join("\n", child.output()))
                        .isIn(0, 4);
            }
            child.kill9();
        }
    }

    @Test
    void a_section_that_a_process_died_in_is_run_once() throws SQLException {
        try (TestServer server = TestServer.dedicated();
                TestDatabase database = server.newDatabase()) {
            Once once = new Once(database, 1_000);
            Migrations migrations = once.prepare(folder, database, "chunk-size=100");
            Jdbc sql = database.jdbc();
            for (String phase : List.of("expand", "contract")) {
                dieInside(phase, "1 b", migrations, sql);
                dieInside(phase, "3 a", migrations, sql);
            }
            assertThat(migrations.resume().applied()).containsExactly("once");
            once.everythingIsDoneOnce();
        }
    }

    /** Its statement waits for a lock and is let go only when the process is dead. */
    private static void dieInside(String phase, String row, Migrations migrations, Jdbc sql) throws SQLException {
        String what = phase + " " + row;
        sql.execute("CREATE UNIQUE INDEX one ON log (what) WHERE what = '" + what + "'");
        try (Connection application = sql.connect();
                ChildJvm child = startBehind(application, what, migrations)) {
            Awaitility.await("the section waits at " + what)
                    .atMost(WorkerProcess.PATIENCE)
                    .until(() -> waiting(sql) == 1);
            child.kill9();
            application.rollback();
            Awaitility.await("the server ends the dead process's session")
                    .atMost(WorkerProcess.PATIENCE)
                    .until(() -> sessions(sql) == 0);
        }
        sql.execute("DROP INDEX one");
        assertThat(sql.number(
                        "SELECT count(*) FROM log WHERE what LIKE '" + what.substring(0, what.length() - 1) + "_'"))
                .isZero();
    }

    /** A row of the same key that is not committed yet holds the section's insert up. */
    private static ChildJvm startBehind(Connection application, String what, Migrations migrations)
            throws SQLException {
        application.setAutoCommit(false);
        try (Statement statement = application.createStatement()) {
            statement.execute("INSERT INTO log VALUES ('" + what + "')");
        }
        return WorkerProcess.upgrading(migrations);
    }

    private static long waiting(Jdbc sql) {
        return sql.number(
                "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'athanor' AND wait_event_type = 'Lock'");
    }

    private static long sessions(Jdbc sql) {
        return sql.number("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'athanor'");
    }
}
