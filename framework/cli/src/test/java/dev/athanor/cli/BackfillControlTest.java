package dev.athanor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One process runs a backfill, others command and watch it; whatever is done to it, every row is changed once. */
@AthanorPostgres
class BackfillControlTest {
    private static final int ROWS = 60_000;

    /** Not idempotent, and slow enough to be met in the middle by several commands. */
    private static final String COUNT = """
            -- athanor:revision count

            -- athanor:backfill name=once table=counted chunk-size=50 max-rows-per-second=500
            UPDATE counted SET n = n + 1 WHERE ${chunk};

            -- athanor:verify name=all-one
            SELECT count(*) FROM counted WHERE n <> 1;
            """;

    @TempDir
    private Path folder;

    private final TestDatabase database;
    private final Jdbc sql;
    private Cli cli;

    BackfillControlTest(TestDatabase database) {
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
    void pausedRatedAndResumedFromOutside() {
        try (Running upgrade = cli.start("upgrade", "heads")) {
            awaitMoreThan(0);
            JsonNode pause = cli.json("backfill", "pause", "once", "--reason=lunch hour", "--actor=anna")
                    .endsWith(0)
                    .json();
            assertThat(pause.path("command").path("obeyed").booleanValue()).isTrue();
            assertThat(pause.path("command").path("obeyed_by").stringValue()).contains("pid " + upgrade.pid());
            long paused = changed();
            upgrade.awaitError("PAUSED by anna: lunch hour");
            JsonNode shown = show();
            assertThat(shown.path("state").stringValue()).isEqualTo("paused");
            assertThat(shown.path("eta_seconds").isNull()).isTrue();
            assertThat(shown.path("rows_per_second").isNull()).isTrue();
            assertThat(shown.path("scanned").longValue()).isEqualTo(paused);

            assertThat(cli.run("backfill", "set", "once", "--max-rows-per-second=none", "--chunk-size=auto")
                            .endsWith(0)
                            .out())
                    .contains("-> max-rows-per-second none, chunk-size auto", "Obeyed by pid " + upgrade.pid());
            assertThat(changed()).as("still paused").isEqualTo(paused);
            assertThat(cli.run("backfill", "resume", "once").endsWith(0).out()).contains("paused by anna -> resumed");
            upgrade.ending().endsWith(0);
        }
        everyRowOnce();
        assertThat(show().path("state").stringValue()).isEqualTo("done");
    }

    @Test
    void aPauseOutlivesItsProcess() {
        try (Running upgrade = cli.start("upgrade", "heads", "--lease", "2s")) {
            awaitMoreThan(0);
            cli.run("backfill", "pause", "once", "--actor=anna").endsWith(0);
            upgrade.signal("KILL");
            upgrade.ending();
        }
        long paused = changed();
        JsonNode ended = cli.json("resume", "--exit-when-paused", "--lease", "2s")
                .endsWith(5)
                .json();
        assertThat(ended.path("stopped").booleanValue()).isTrue();
        assertThat(changed()).isEqualTo(paused);
        assertThat(show().path("paused_by").stringValue()).isEqualTo("anna");
        try (Running resumed = cli.start("resume")) {
            resumed.awaitError("PAUSED by anna; waiting");
            assertThat(changed()).isEqualTo(paused);
            cli.run("backfill", "set", "once", "--max-rows-per-second=none").endsWith(0);
            cli.run("backfill", "resume", "once").endsWith(0);
            resumed.ending().endsWith(0);
        }
        everyRowOnce();
    }

    @Test
    void cancelledFromOutside() {
        try (Running upgrade = cli.start("upgrade", "heads", "--output=json")) {
            awaitMoreThan(0);
            cli.run("backfill", "cancel", "once", "--actor=anna", "--reason=wrong")
                    .endsWith(0);
            upgrade.ending()
                    .endsWith(5)
                    .refusal()
                    .is("backfill_cancelled")
                    .says("once", "'anna'", "wrong")
                    .advises("athanor backfill resume");
        }
        long cancelled = changed();
        assertThat(cancelled).isLessThan(ROWS);
        assertThat(cli.run("status").endsWith(0).out()).contains("CANCELLED", "by anna: wrong");
        cli.json("resume").endsWith(8).refusal().is("backfill_cancelled");
        assertThat(changed()).isEqualTo(cancelled);
        cli.run("backfill", "set", "once", "--workers=1").endsWith(8);
        cli.run("backfill", "resume", "once").endsWith(0);
        cli.run("backfill", "set", "once", "--max-rows-per-second=none", "--chunk-size=5000")
                .endsWith(0);
        cli.run("resume").endsWith(0);
        everyRowOnce();
    }

    @Test
    void watchedToTheEnd() {
        try (Running objects = cli.start("watch", "once", "--interval=200ms", "--until-done", "--output=json");
                Running lines = cli.start("watch", "--interval=200ms", "--until-done");
                Running upgrade = cli.start("upgrade", "heads")) {
            awaitMoreThan(0);
            cli.run("backfill", "set", "once", "--max-rows-per-second=20000", "--chunk-size=500")
                    .endsWith(0);
            upgrade.ending().endsWith(0);
            assertThat(lines.ending().endsWith(0).out())
                    .contains("count once  ", "RUNNING", "chunk ", "no backfill is open");
            List<JsonNode> seen = objects.ending()
                    .endsWith(0)
                    .out()
                    .lines()
                    .map(line -> JsonMapper.shared().readTree(line))
                    .toList();
            assertThat(seen)
                    .allSatisfy(one ->
                            assertThat(one.path("success").booleanValue()).isTrue());
            assertThat(seen.stream()
                            .map(one ->
                                    one.path("backfills").get(0).path("state").stringValue())
                            .distinct())
                    .contains("running", "done");
            List<Double> percents = seen.stream()
                    .map(one ->
                            one.path("backfills").get(0).path("percent_rows").doubleValue())
                    .toList();
            assertThat(percents).isSorted();
            assertThat(percents.get(percents.size() - 1)).isEqualTo(100);
        }
    }

    private JsonNode show() {
        return cli.json("backfill", "show", "once").endsWith(0).json().path("backfill");
    }

    private void everyRowOnce() {
        assertThat(sql.number("SELECT count(*) FROM counted WHERE n = 1")).isEqualTo(ROWS);
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
