package dev.athanor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Ctrl-C, SIGTERM, and two at once: clean checkpoints, and the next command goes on. */
@AthanorPostgres
class InterruptionTest {
    private static final int ROWS = 6000;

    /** Not idempotent, and slow enough to be met in the middle. */
    private static final String COUNT = """
            -- athanor:revision count

            -- athanor:backfill name=once table=counted chunk-size=100 max-rows-per-second=1000
            UPDATE counted SET n = n + 1 WHERE ${chunk};
            """;

    @TempDir
    private Path folder;

    private final TestDatabase database;
    private final Jdbc sql;
    private Cli cli;

    InterruptionTest(TestDatabase database) {
        this.database = database;
        this.sql = database.jdbc();
    }

    @BeforeEach
    void fresh() {
        sql.execute("DROP SCHEMA IF EXISTS athanor CASCADE; DROP TABLE IF EXISTS counted;"
                + "CREATE TABLE counted (id int PRIMARY KEY, n int NOT NULL DEFAULT 0);"
                + "INSERT INTO counted SELECT i FROM generate_series(1, " + ROWS + ") i");
        cli = new Cli(folder).with("ATHANOR_URL", database.url()).file("migrations/count.sql", COUNT);
    }

    @Test
    void interruptedAndTerminatedItGoesOnEachTime() {
        Outcome interrupted = stopped("INT", "upgrade", "heads").endsWith(130);
        assertThat(interrupted.out()).contains("clean checkpoint", "athanor resume");
        JsonNode backfill =
                cli.json("status").endsWith(0).json().path("backfills").get(0);
        assertThat(backfill.path("done").longValue()).isEqualTo(changed());

        JsonNode terminated =
                stopped("TERM", "resume", "--output", "json").endsWith(143).json();
        assertThat(terminated.path("success").booleanValue()).isFalse();
        assertThat(terminated.path("stopped").booleanValue()).isTrue();
        assertThat(terminated.path("error").path("hint").stringValue()).contains("athanor resume");
        assertThat(cli.json("status").endsWith(0).json().path("lease").isNull()).isTrue();

        cli.run("resume").endsWith(0);
        assertThat(sql.number("SELECT count(*) FROM counted WHERE n = 1")).isEqualTo(ROWS);
        cli.run("status", "--check").endsWith(0);
    }

    /** A row that is locked keeps the first at work until the second has been seen. */
    @Test
    void theSecondOfTwoNamesTheFirst() throws SQLException {
        try (Connection lock = sql.connect();
                Running first = cli.start("upgrade", "heads")) {
            lock.setAutoCommit(false);
            lock.createStatement().execute("SELECT FROM counted WHERE id = " + ROWS + " FOR UPDATE");
            awaitMoreThan(0);
            Outcome.Refusal refusal = cli.json("upgrade", "heads").endsWith(6).refusal();
            assertThat(refusal.message()).contains("' on host '", "(pid " + first.pid() + ") since ");
            assertThat(cli.run("status").endsWith(0).out()).contains("pid " + first.pid(), "RUNNING");
            lock.rollback();
            first.ending().endsWith(0);
        }
        assertThat(sql.number("SELECT count(*) FROM counted WHERE n = 1")).isEqualTo(ROWS);
    }

    private Outcome stopped(String signal, String... command) {
        long before = changed();
        try (Running running = cli.start(command)) {
            awaitMoreThan(before);
            running.signal(signal);
            Outcome outcome = running.ending();
            assertThat(changed()).isBetween(before + 1, ROWS - 1L);
            assertThat(sql.number("SELECT max(n) FROM counted")).isEqualTo(1);
            return outcome;
        }
    }

    private void awaitMoreThan(long rows) {
        await("rows are being changed")
                .pollInterval(Duration.ofMillis(50))
                .atMost(Duration.ofMinutes(1))
                .until(() -> changed() > rows);
    }

    private long changed() {
        return sql.number("SELECT count(*) FROM counted WHERE n > 0");
    }
}
