package dev.athanor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.embedded.StopMode;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StandbyServerTest {
    private static TestServer primary;
    private static TestDatabase database;
    private static Jdbc sql;

    @BeforeAll
    static void start() {
        primary = TestServer.dedicated();
        database = primary.newDatabase();
        sql = database.jdbc();
        sql.execute("CREATE TABLE t (id bigint PRIMARY KEY); INSERT INTO t SELECT generate_series(1, 1000)");
    }

    @AfterAll
    static void stop() {
        primary.close();
    }

    private static long lag(StandbyServer standby) {
        return sql.number(
                "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn) FROM pg_stat_replication"
                        + " WHERE application_name = ?",
                standby.name());
    }

    private static long rows(StandbyServer standby) {
        return standby.jdbc(database.name()).number("SELECT count(*) FROM t");
    }

    @Test
    void rowsArriveUnlessReplayIsPaused() {
        try (StandbyServer standby = StandbyServer.of(primary)) {
            long before = rows(standby);
            sql.execute("INSERT INTO t SELECT generate_series(10001, 11000)");
            standby.awaitCaughtUp();
            assertThat(rows(standby)).isEqualTo(before + 1000);
            standby.pauseReplay();
            sql.execute("INSERT INTO t SELECT generate_series(11001, 21000)");
            assertThat(lag(standby)).isGreaterThan(10_000);
            assertThat(rows(standby)).isEqualTo(before + 1000);
            standby.resumeReplay();
            standby.awaitCaughtUp();
            assertThat(rows(standby)).isEqualTo(before + 11_000);
            assertThatThrownBy(() -> standby.jdbc(database.name()).execute("DELETE FROM t"))
                    .hasMessageContaining("SQLSTATE 25006");
        }
        assertThat(sql.number("SELECT count(*) FROM pg_replication_slots")).isZero();
    }

    @Test
    void goesOnAfterRestartsOfBoth() {
        try (StandbyServer standby = StandbyServer.of(primary)) {
            standby.server().stop(StopMode.IMMEDIATE);
            sql.execute("CREATE TABLE meanwhile AS SELECT 1 AS one");
            standby.server().start();
            standby.awaitCaughtUp();
            assertThat(standby.jdbc(database.name()).number("SELECT one FROM meanwhile"))
                    .isEqualTo(1);
            primary.restart(StopMode.FAST);
            sql.execute("INSERT INTO meanwhile VALUES (2)");
            standby.awaitCaughtUp();
            assertThat(standby.jdbc(database.name()).number("SELECT max(one) FROM meanwhile"))
                    .isEqualTo(2);
        }
    }

    @Test
    void promotedOneTakesWritesAndHasWhatASynchronousCommitPromised() {
        sql.execute("ALTER SYSTEM SET synchronous_standby_names = '*'");
        try (StandbyServer standby = StandbyServer.of(primary)) {
            sql.execute("SELECT pg_reload_conf()");
            sql.execute("CREATE TABLE promised AS SELECT 1 AS one");
            primary.kill();
            standby.promote();
            Jdbc promoted = standby.jdbc(database.name());
            promoted.execute("INSERT INTO promised VALUES (2)");
            assertThat(promoted.number("SELECT count(*) FROM promised")).isEqualTo(2);
            assertThat(standby.url(database.name())).isNotEqualTo(database.url());
        } finally {
            primary.start();
            sql.execute("ALTER SYSTEM RESET synchronous_standby_names");
            sql.execute("SELECT pg_reload_conf()");
            sql.rows("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots");
        }
    }

    @Test
    void aGivenServerCannotHaveOne() {
        try (TestServer given = TestServer.chosen(Map.of("ATHANOR_TEST_URL", primary.url("postgres")))) {
            assertThatThrownBy(() -> StandbyServer.of(given)).hasMessageContaining("TestServer.dedicated()");
        }
    }
}
