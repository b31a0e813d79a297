package dev.athanor.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.ledger.Fence;
import dev.athanor.plan.Step.BackfillStep;
import dev.athanor.source.BackfillOptions;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** VACUUM between chunks: that it is done, what it saves, that it ends with the run, and who may not. */
@AthanorPostgres
class TableCareTest {
    private static final int ROWS = 60_000;
    private static final String HOSTILE = "\"tick\"\"ets; drop\"";

    private final TestDatabase server;
    private final Jdbc jdbc;
    private EngineFixture fixture;

    TableCareTest(TestDatabase server) {
        this.server = server;
        this.jdbc = server.jdbc();
    }

    @BeforeEach
    void open() {
        fixture = new EngineFixture(server.url());
        fixture.sql("DROP TABLE IF EXISTS " + HOSTILE + ", plain CASCADE");
        table(HOSTILE);
        table("plain");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    /** Nobody else vacuums it. */
    private void table(String name) {
        fixture.sql(
                "CREATE TABLE " + name + " (id bigint PRIMARY KEY, n int NOT NULL DEFAULT 0, filler text)"
                        + " WITH (autovacuum_enabled = off)",
                "INSERT INTO " + name + " SELECT i, 0, repeat('x', 200) FROM generate_series(1, " + ROWS + ") i",
                "VACUUM (ANALYZE) " + name);
    }

    private BackfillStep step(String table, BackfillOptions.Builder options) {
        return fixture.step(
                table,
                "UPDATE " + table + " SET n = n + 1 WHERE ${chunk}",
                options.chunkSize(500).workers(1).build());
    }

    private long vacuums(String table) {
        return fixture.number(
                "SELECT vacuum_count AS n FROM pg_stat_all_tables WHERE relid = '" + table + "'::regclass");
    }

    private long bytes(String table) {
        return fixture.number("SELECT pg_relation_size('" + table + "') AS n");
    }

    private void everyRowOnce(String table) {
        assertThat(fixture.number("SELECT count(*) AS n FROM " + table + " WHERE n = 1"))
                .isEqualTo(ROWS);
    }

    /** At this rate there is half a second for each VACUUM before the next one is due. */
    @Test
    void a_vacuumed_table_grows_less() {
        long before = vacuums(HOSTILE);
        long size = bytes(HOSTILE);
        List<BackfillEvent> events = fixture.run(
                step(HOSTILE, BackfillOptions.builder().vacuumEveryRows(10_000L).maxRowsPerSecond(20_000L)));
        everyRowOnce(HOSTILE);
        assertThat(events).anyMatch(BackfillEvent.Vacuumed.class::isInstance);
        assertThat(vacuums(HOSTILE)).isGreaterThanOrEqualTo(before + 5);

        long without = bytes("plain");
        fixture.run(step("plain", BackfillOptions.builder()));
        assertThat(vacuums("plain")).isEqualTo(1);
        long growth = bytes(HOSTILE) - size;
        assertThat(growth * 2).isLessThan(bytes("plain") - without);
    }

    @Test
    void a_stop_ends_the_vacuum_on_the_server() {
        StopSignal stop = new StopSignal();
        // a VACUUM that sleeps a tenth of a second for each page takes minutes
        jdbc.execute(
                "ALTER DATABASE " + quoted(jdbc.text("SELECT current_database()")) + " SET vacuum_cost_delay = 100");
        jdbc.execute("ALTER DATABASE " + quoted(jdbc.text("SELECT current_database()")) + " SET vacuum_cost_limit = 1");
        try (EngineFixture slow = new EngineFixture(server.url())) {
            BackfillStep step = slow.step(
                    "plain",
                    "UPDATE plain SET n = n + 1 WHERE ${chunk}",
                    BackfillOptions.builder()
                            .chunkSize(500)
                            .workers(1)
                            .maxRowsPerSecond(2_000L)
                            .vacuumEveryRows(1_000L)
                            .build());
            CompletableFuture<List<BackfillEvent>> done =
                    CompletableFuture.supplyAsync(() -> slow.run(step, new Fence(1), stop));
            Awaitility.await("VACUUM runs").atMost(Duration.ofMinutes(1)).until(() -> running() == 1);
            stop.request();
            assertThat(done.join()).noneMatch(BackfillEvent.Unvacuumed.class::isInstance);
            // left alone it would take minutes
            Awaitility.await("VACUUM has ended").atMost(Duration.ofSeconds(20)).until(() -> running() == 0);
        } finally {
            jdbc.execute("ALTER DATABASE " + quoted(jdbc.text("SELECT current_database()")) + " RESET ALL");
        }
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private long running() {
        return fixture.number("SELECT count(*) AS n FROM pg_stat_activity WHERE datname = current_database()"
                + " AND state = 'active' AND query LIKE 'VACUUM %'");
    }

    @Test
    void a_role_that_may_not_is_told_once_and_the_rows_are_changed() {
        jdbc.execute("CREATE ROLE careless LOGIN PASSWORD 's3cret'; GRANT SELECT, UPDATE ON plain TO careless;"
                + " GRANT USAGE ON SCHEMA athanor TO careless;"
                + " GRANT ALL ON ALL TABLES IN SCHEMA athanor TO careless;"
                + " GRANT ALL ON ALL SEQUENCES IN SCHEMA athanor TO careless");
        try (EngineFixture guest = fixture.at(server.url().replaceFirst("//[^@]*@", "//careless:s3cret@"))) {
            List<BackfillEvent> events =
                    guest.run(step("plain", BackfillOptions.builder().vacuumEveryRows(1_000L)));
            assertThat(events)
                    .filteredOn(BackfillEvent.Unvacuumed.class::isInstance)
                    .singleElement()
                    .isInstanceOfSatisfying(
                            BackfillEvent.Unvacuumed.class,
                            event -> assertThat(event.cause()).contains("may not"));
            everyRowOnce("plain");
            assertThat(vacuums("plain")).isEqualTo(1);
        } finally {
            jdbc.execute("DROP OWNED BY careless CASCADE; DROP ROLE careless");
        }
    }
}
