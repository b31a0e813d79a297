package dev.athanor.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.athanor.FailureKind;
import dev.athanor.ledger.Actor;
import dev.athanor.ledger.LeaseHeldException;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.ChildJvm;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two upgrades at once, as two instances of an application that start together: one works, the other is told who. */
@AthanorPostgres
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class TwoProcessesTest {
    /** Holds whoever comes to it, under his lease, until the test lets him go. */
    private static final String GATE = """
            -- athanor:revision gate
            -- athanor:revises  once

            -- athanor:expand
            SELECT pg_advisory_xact_lock(7);
            INSERT INTO log VALUES ('gate');
            """;

    @Test
    void one_works_and_the_other_is_told_who(TestDatabase database, @TempDir Path folder) throws SQLException {
        Jdbc sql = database.jdbc();
        Once once = new Once(database, 5_000);
        Migrations migrations = once.prepare(folder, database, "chunk-size=100").with("2", GATE);
        try (Connection gate = shutGate(sql);
                ChildJvm one = WorkerProcess.upgrading(migrations);
                ChildJvm two = WorkerProcess.upgrading(migrations)) {
            Awaitility.await("one of them is told")
                    .atMost(WorkerProcess.PATIENCE)
                    .until(() -> !one.isAlive() || !two.isAlive());
            ChildJvm works = one.isAlive() ? one : two;
            ChildJvm told = one.isAlive() ? two : one;
            assertThat(told.awaitExit(WorkerProcess.PATIENCE))
                    .as(() -> String.join("\n", told.output()))
                    .isEqualTo(FailureKind.LEASE_HELD.exitCode());
            assertThat(told.output())
                    .last()
                    .asString()
                    .contains("failed lease_held", "'" + Actor.ofSystem() + "'", "pid " + works.processId())
                    .containsPattern("host '.+'.* since \\d+ s, last heartbeat \\d+ s ago")
                    .contains("athanor status", "--takeover");
            assertThat(told.output()).noneMatch(line -> line.contains("phase "));

            assertThatExceptionOfType(LeaseHeldException.class)
                    .isThrownBy(() -> migrations.upgrade("heads"))
                    .satisfies(e -> {
                        assertThat(e.holder().process().pid()).isEqualTo(works.processId());
                        assertThat(e.holder().process().host())
                                .isEqualTo(Actor.ofSystem().host());
                        assertThat(e.holder().owner())
                                .isEqualTo(Actor.ofSystem().toString());
                        assertThat(e.holder().held()).isPositive();
                    });
            execute(gate, "SELECT pg_advisory_unlock(7)");
            assertThat(works.awaitExit(WorkerProcess.PATIENCE))
                    .as(() -> String.join("\n", works.output()))
                    .isZero();
        }
        assertThat(sql.update("DELETE FROM log WHERE what = 'gate'")).isEqualTo(1);
        once.everythingIsDoneOnce();
        assertThat(sql.number("SELECT max(token) FROM athanor.lease")).isEqualTo(1);
    }

    private static Connection shutGate(Jdbc sql) throws SQLException {
        Connection connection = sql.connect();
        execute(connection, "SELECT pg_advisory_lock(7)");
        return connection;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
