package dev.athanor.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.embedded.StopMode;
import dev.athanor.postgres.ConnectionUrl;
import dev.athanor.postgres.Database;
import dev.athanor.postgres.PoolSettings;
import dev.athanor.postgres.TransactionSettings;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.StandbyServer;
import dev.athanor.testkit.TestDatabase;
import dev.athanor.testkit.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;
import reactor.core.scheduler.Schedulers;

/** Each signal with the real thing: no chunk begins, the reason is told, and work goes on by itself. */
@AthanorPostgres
class DatabaseSignalsTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final TestDatabase given;
    private final Jdbc sql;

    DatabaseSignalsTest(TestDatabase given) {
        this.given = given;
        this.sql = given.jdbc();
    }

    /** A budget that is watched, on a database of its own pool. */
    private static final class Watched implements AutoCloseable {
        private final Database database;
        private final HealthBudget budget;
        private final Disposable watching;

        Watched(String url, ThrottleSettings.Builder settings) {
            database = Database.open(ConnectionUrl.parse(url, Map.of()), PoolSettings.DEFAULTS);
            budget = HealthBudget.of(
                    new Pace(2, 100, Duration.ofMillis(250), null),
                    new HealthBudget.Health(
                            settings.build(), database.reactive(), "\"tick\"\"ets; drop\"", WorkingHours.ALWAYS),
                    Clock.systemUTC(),
                    Schedulers.parallel());
            watching = budget.watch().subscribe();
        }

        void standsStill(String reason) {
            await("standing still for " + reason)
                    .atMost(LONG)
                    .until(() -> budget.state().workers() == 0
                            && budget.state().reason().startsWith(reason));
        }

        void goesOn() {
            await("going on").atMost(LONG).until(() -> budget.state().workers() > 0);
            assertThat(budget.acquire(0, true).block(LONG)).isNotNull();
        }

        @Override
        public void close() {
            watching.dispose();
            database.close();
        }
    }

    private static ThrottleSettings.Builder only(SignalKind kind, double limit) {
        return ThrottleSettings.builder().allOff().limit(kind, limit);
    }

    @BeforeEach
    @AfterEach
    void fresh() {
        sql.execute("DROP TABLE IF EXISTS \"tick\"\"ets; drop\", load; DROP ROLE IF EXISTS looker");
        sql.execute("CREATE TABLE \"tick\"\"ets; drop\" (id int PRIMARY KEY); CREATE TABLE load (n float8);"
                + "INSERT INTO \"tick\"\"ets; drop\" VALUES (1); INSERT INTO load VALUES (0)");
    }

    @Test
    void a_session_that_waits_for_ours() throws Exception {
        try (Watched watched = new Watched(given.url(), only(SignalKind.BLOCKED_SESSIONS, 1));
                Connection blocked = sql.connect()) {
            TransactionSettings patient = new TransactionSettings(null, null, null);
            CompletableFuture<Void> other = watched.database.transactions().inTransaction(patient, session -> {
                session.executeVerbatim("LOCK TABLE load IN ACCESS EXCLUSIVE MODE");
                CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> run(blocked));
                watched.standsStill("blocked sessions 1 sessions (limit 1 sessions)");
                return waiting;
            });
            other.join();
            watched.goesOn();
        }
    }

    private static void run(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT * FROM load");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void an_old_transaction() throws SQLException {
        try (Watched watched = new Watched(given.url(), only(SignalKind.OLDEST_TRANSACTION, 0.5));
                Connection old = sql.connect()) {
            old.setAutoCommit(false);
            run(old);
            watched.standsStill("oldest transaction ");
            old.rollback();
            watched.goesOn();
        }
    }

    @Test
    void a_query_of_the_user() {
        try (Watched watched = new Watched(
                given.url(), ThrottleSettings.builder().allOff().userQuery("SELECT n FROM load -- load", 10))) {
            sql.execute("UPDATE load SET n = 12");
            watched.standsStill("user query 12 (limit 10)");
            sql.execute("UPDATE load SET n = 1");
            watched.goesOn();
        }
    }

    @Test
    void an_http_server_and_a_flag_file(@TempDir Path folder) throws IOException {
        AtomicInteger status = new AtomicInteger(503);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        server.start();
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/health");
        Path flag = folder.resolve("stop");
        try (Watched watched = new Watched(
                given.url(), ThrottleSettings.builder().allOff().httpProbe(url).flagFile(flag))) {
            watched.standsStill("http probe answers 503");
            status.set(204);
            watched.goesOn();
            Files.createFile(flag);
            watched.standsStill("flag file " + flag + " is there");
            Files.delete(flag);
            watched.goesOn();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void an_archive_command_that_fails() {
        try (TestServer server = TestServer.dedicated();
                TestDatabase database = server.newDatabase()) {
            database.jdbc().execute("ALTER SYSTEM SET archive_mode = on");
            database.jdbc().execute("ALTER SYSTEM SET archive_command = 'false'");
            server.restart(StopMode.FAST);
            try (Watched watched = new Watched(database.url(), only(SignalKind.WAL_ARCHIVE, 3))) {
                for (int i = 0; i < 5; i++) {
                    database.jdbc().execute("CREATE TABLE t" + i + " (a int)");
                    database.jdbc().text("SELECT pg_switch_wal()");
                }
                watched.standsStill("wal archive ");
                database.jdbc().execute("ALTER SYSTEM SET archive_command = 'true'");
                database.jdbc().text("SELECT pg_reload_conf()");
                watched.goesOn();
            }
        }
    }

    @Test
    void a_standby_whose_replay_is_paused() {
        try (TestServer server = TestServer.dedicated();
                TestDatabase database = server.newDatabase();
                StandbyServer standby = StandbyServer.of(server)) {
            database.jdbc().execute("CREATE TABLE t (a int)");
            standby.awaitCaughtUp();
            try (Watched watched = new Watched(database.url(), only(SignalKind.REPLICA_LAG, 1))) {
                standby.pauseReplay();
                database.jdbc().execute("INSERT INTO t SELECT generate_series(1, 1000)");
                watched.standsStill("replica lag ");
                standby.resumeReplay();
                watched.goesOn();
            }
        }
    }

    @Test
    void an_autovacuum_on_the_table() {
        try (TestServer server = TestServer.dedicated();
                TestDatabase database = server.newDatabase()) {
            Jdbc own = database.jdbc();
            own.execute("ALTER SYSTEM SET autovacuum_naptime = 1");
            own.text("SELECT pg_reload_conf()");
            own.execute("CREATE TABLE \"tick\"\"ets; drop\" (id int PRIMARY KEY, t text)"
                    + " WITH (autovacuum_vacuum_threshold = 1, autovacuum_vacuum_scale_factor = 0,"
                    + " autovacuum_vacuum_cost_delay = 100, autovacuum_vacuum_cost_limit = 1)");
            try (Watched watched = new Watched(database.url(), only(SignalKind.AUTOVACUUM, 1))) {
                own.execute(
                        "INSERT INTO \"tick\"\"ets; drop\" SELECT n, repeat('x', 500) FROM generate_series(1, 20000) n");
                own.execute("DELETE FROM \"tick\"\"ets; drop\" WHERE id % 2 = 0");
                watched.standsStill("autovacuum 1 workers (limit 1 workers)");
                own.execute("DROP TABLE \"tick\"\"ets; drop\"");
                watched.goesOn();
            }
        }
    }

    @Test
    void without_the_right_default_signals_are_off_and_those_asked_for_are_refused() {
        sql.execute("CREATE ROLE looker LOGIN PASSWORD 'looker'");
        String url = given.url().replaceFirst("//[^@]*@", "//looker:looker@");
        try (Database database = Database.open(ConnectionUrl.parse(url, Map.of()), PoolSettings.DEFAULTS)) {
            assertThat(SignalRights.examine(database.transactions(), ThrottleSettings.DEFAULTS))
                    .hasValueSatisfying(missing -> {
                        assertThat(missing.finding())
                                .contains("replica-lag, replica-lag-bytes, autovacuum, oldest-transaction");
                        assertThat(missing.remedy()).contains("GRANT pg_monitor TO \"looker\";");
                    });
            assertThatThrownBy(() -> SignalRights.examine(
                            database.transactions(),
                            only(SignalKind.REPLICA_LAG, 5).build()))
                    .isInstanceOfSatisfying(
                            AthanorException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.REFUSED));
            assertThatThrownBy(() -> SignalRights.examine(
                            database.transactions(),
                            ThrottleSettings.builder()
                                    .allOff()
                                    .userQuery("SELECT n FROM load", 1)
                                    .build()))
                    .hasMessageContaining("user-query does not run");
        }
    }
}
