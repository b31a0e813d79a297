package dev.athanor.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.FailureKind;
import dev.athanor.backfill.BackfillEvent;
import dev.athanor.postgres.Database;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.ChildJvm;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that stood still for longer than its lease comes back: another has its work, and it writes nothing more. */
@AthanorPostgres
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class FencingTest {
    private static final int ROWS = 40_000;

    private final TestDatabase database;
    private final Jdbc sql;
    private final Once once;
    private Migrations migrations;

    FencingTest(TestDatabase database) {
        this.database = database;
        this.sql = database.jdbc();
        this.once = new Once(database, ROWS);
    }

    @BeforeEach
    void prepare(@TempDir Path folder) {
        migrations = once.prepare(folder, database, "chunk-size=100 max-rows-per-second=20000 lock-timeout=30s");
    }

    /** A child in the middle of its backfill, frozen. */
    private ChildJvm frozen() {
        ChildJvm child = WorkerProcess.upgrading(migrations);
        awaitChunks(child, 30);
        child.sigstop();
        awaitExpiry();
        return child;
    }

    private void awaitExpiry() {
        Awaitility.await("the lease has expired")
                .atMost(WorkerProcess.PATIENCE)
                .until(() ->
                        sql.number("SELECT count(*) FROM athanor.lease WHERE expires_at < clock_timestamp()") == 1);
    }

    private static void awaitChunks(ChildJvm child, int number) {
        Awaitility.await("chunks of the child")
                .atMost(WorkerProcess.PATIENCE)
                .until(() -> child.output().stream()
                                .filter(line -> line.contains("ChunkCommitted"))
                                .count()
                        >= number);
    }

    private static void wakesUpAndEndsAsFencedOff(ChildJvm child) {
        child.sigcont();
        assertThat(child.awaitExit(WorkerProcess.PATIENCE))
                .as(() -> String.join("\n", child.output()))
                .isEqualTo(FailureKind.LEASE_HELD.exitCode());
        assertThat(child.output())
                .last()
                .asString()
                .contains("failed fenced_off")
                .contains("athanor status");
    }

    private List<List<String>> ledger() {
        return sql.rows("SELECT r::text FROM athanor.backfill_range r UNION ALL SELECT b::text FROM athanor.backfill b"
                + " UNION ALL SELECT l::text FROM athanor.lease l UNION ALL SELECT v::text FROM athanor.revision v"
                + " UNION ALL SELECT s::text FROM athanor.section s UNION ALL SELECT u::text FROM athanor.run u"
                + " UNION ALL SELECT e::text FROM athanor.event e UNION ALL SELECT g FROM (SELECT what FROM log) x(g)"
                + " ORDER BY 1");
    }

    @Test
    void who_comes_back_after_the_other_has_finished_writes_nothing() {
        try (ChildJvm paused = frozen()) {
            assertThat(migrations.upgrade("heads").applied()).containsExactly("once");
            once.everythingIsDoneOnce();
            List<List<String>> before = ledger();

            wakesUpAndEndsAsFencedOff(paused);

            assertThat(ledger()).isEqualTo(before);
            once.everythingIsDoneOnce();
        }
    }

    @Test
    void who_comes_back_while_the_other_works_does_not_disturb_him() {
        try (ChildJvm paused = frozen();
                Database connections = migrations.open()) {
            AtomicInteger chunks = new AtomicInteger();
            MigrationRunner other = migrations.runner(
                    connections,
                    builder -> builder.listener(new RunListener() {
                        @Override
                        public void backfillEvent(BackfillView backfill, BackfillEvent event) {
                            if (chunks.incrementAndGet() == 20) {
                                wakesUpAndEndsAsFencedOff(paused);
                                assertThat(sql.texts("SELECT state FROM athanor.backfill"))
                                        .containsExactly("running");
                            }
                        }
                    }));
            assertThat(other.resume(null).applied()).containsExactly("once");
            assertThat(chunks).hasValueGreaterThan(20);
        }
        once.everythingIsDoneOnce();
    }

    @Test
    void the_locks_of_a_chunk_that_stands_still_are_freed() throws SQLException {
        try (ChildJvm paused = frozenInsideAChunk()) {
            assertThat(migrations.upgrade("heads").applied()).containsExactly("once");
            wakesUpAndEndsAsFencedOff(paused);
        }
        once.everythingIsDoneOnce();
    }

    /** Frozen while its statement waits for a row; then the row is freed, and the chunk's transaction stands open. */
    private ChildJvm frozenInsideAChunk() throws SQLException {
        try (Connection application = sql.connect()) {
            application.setAutoCommit(false);
            try (Statement statement = application.createStatement()) {
                statement.execute("SELECT FROM tickets WHERE id = 5000 FOR UPDATE");
            }
            ChildJvm child = WorkerProcess.upgrading(migrations);
            Awaitility.await("the chunk waits for its row")
                    .atMost(WorkerProcess.PATIENCE)
                    .until(() -> sessions("state = 'active' AND wait_event_type = 'Lock'") == 1);
            child.sigstop();
            application.rollback();
            Awaitility.await("the chunk's transaction stands open")
                    .atMost(WorkerProcess.PATIENCE)
                    .until(() -> sessions("state = 'idle in transaction'") > 0);
            awaitExpiry();
            return child;
        }
    }

    private long sessions(String condition) {
        return sql.number("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                + " AND application_name = 'athanor' AND query LIKE '%UPDATE tickets%' AND " + condition);
    }
}
