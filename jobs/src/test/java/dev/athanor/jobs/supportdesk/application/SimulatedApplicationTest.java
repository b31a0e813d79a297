package dev.athanor.jobs.supportdesk.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.athanor.jobs.supportdesk.Desks;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Schedulers;

@AthanorPostgres
class SimulatedApplicationTest {
    private static final ApplicationSettings SETTINGS = new ApplicationSettings(200, 4, 64, 1);

    private final TestDatabase database;
    private final Jdbc jdbc;
    private SimulatedApplication application;

    SimulatedApplicationTest(TestDatabase database) {
        this.database = database;
        this.jdbc = database.jdbc();
        Desks.renew(database, 1_000, 3);
        this.application = start();
    }

    private SimulatedApplication start() {
        return SimulatedApplication.start(database.url(), SETTINGS, Schedulers.parallel(), "first");
    }

    @BeforeEach
    void awaitTraffic() {
        await().until(() -> report(0).statements() >= 50);
    }

    @AfterEach
    void dispose() {
        application.dispose();
    }

    @Test
    void countsStatementsToTheirPeriods() {
        application.beginPeriod("second");
        await().until(() -> report(1).statements() >= 300);
        application.stop().block(Duration.ofSeconds(20));

        assertThat(application.reports()).extracting(PeriodReport::name).containsExactly("first", "second");
        PeriodReport second = report(1);
        assertThat(second.errors()).isEmpty();
        assertThat(second.p50()).isPositive().isLessThanOrEqualTo(second.p99());
        assertThat(second.p99()).isLessThanOrEqualTo(second.max());
        assertThat(jdbc.number("SELECT count(*) FROM tickets")).isGreaterThan(1_000);
        // Only this query's own session is left.
        await().until(() ->
                jdbc.number("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()") == 1);
    }

    @Test
    void measuresAStallInFull() throws SQLException {
        try (Connection connection = jdbc.connect();
                Statement lock = connection.createStatement()) {
            connection.setAutoCommit(false);
            lock.execute("LOCK TABLE tickets, comments IN ACCESS EXCLUSIVE MODE");
            application.beginPeriod("stalled");
            await().until(() ->
                    jdbc.number("SELECT count(*) FILTER (WHERE clock_timestamp() - xact_start > interval '1s')"
                                    + " FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
                            >= 4);
            connection.rollback();
        }
        await().until(() -> report(1).statements() >= 200);
        application.beginPeriod("after");
        application.stop().block(Duration.ofSeconds(20));

        PeriodReport stalled = report(1);
        assertThat(stalled.statements())
                .as("what was due in the stall, though four connections were stuck")
                .isGreaterThanOrEqualTo(200);
        assertThat(stalled.max()).isGreaterThan(Duration.ofMillis(900));
        assertThat(stalled.p50())
                .as("half of a second's statements waited, not four of them")
                .isGreaterThan(Duration.ofMillis(50));
        assertThat(stalled.errorCount()).isZero();
    }

    @Test
    void countsErrorsBySqlStateAndGoesOn() {
        application.beginPeriod("broken");
        jdbc.execute("ALTER TABLE tickets RENAME TO tickets_away");
        await().until(() -> report(1).errors().getOrDefault("42P01", 0L) >= 20);
        jdbc.execute("ALTER TABLE tickets_away RENAME TO tickets");
        application.beginPeriod("mended");
        await().until(() -> report(2).statements() >= 100);
        application.stop().block(Duration.ofSeconds(20));

        assertThat(report(1).errors()).containsOnlyKeys("42P01");
        assertThat(report(2).errorCount()).isLessThan(20);
    }

    @Test
    void outlivesLostConnections() {
        application.beginPeriod("cut");
        jdbc.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
        application.beginPeriod("again");
        await().until(() -> report(2).statements() >= 200);
        application.stop().block(Duration.ofSeconds(20));

        assertThat(report(1).errorCount() + report(2).errorCount()).isLessThanOrEqualTo(64);
        assertThat(report(2).statements() - report(2).errorCount()).isGreaterThan(100);
    }

    private PeriodReport report(int index) {
        return application.reports().get(index);
    }
}
