package dev.athanor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Throttle settings and deadlines from the command line. */
@AthanorPostgres
class HoldingBackTest {
    private static final String COUNT = """
            -- athanor:revision count

            -- athanor:backfill name=once table=counted
            UPDATE counted SET n = n + 1 WHERE ${chunk};
            """;

    @TempDir
    private Path folder;

    private final TestDatabase database;
    private final Jdbc sql;
    private Cli cli;

    HoldingBackTest(TestDatabase database) {
        this.database = database;
        this.sql = database.jdbc();
    }

    @BeforeEach
    void fresh() {
        sql.execute("DROP SCHEMA IF EXISTS athanor CASCADE; DROP TABLE IF EXISTS counted;"
                + "CREATE TABLE counted (id int PRIMARY KEY, n int NOT NULL DEFAULT 0);"
                + "INSERT INTO counted SELECT i FROM generate_series(1, 1000) i");
        cli = new Cli(folder).with("ATHANOR_URL", database.url()).file("migrations/count.sql", COUNT);
    }

    @Test
    void flagOverEnvironmentOverFileAndWhatIsWrongIsToldWithTwo() {
        cli.file("athanor.yaml", """
                throttle:
                  replica-lag: 7s
                  autovacuum: "off"
                environments:
                  production:
                    throttle: {replica-lag: 2s}
                """)
                .with("ATHANOR_THROTTLE", "wal-archive=10,user-query=SELECT coalesce(1, 2),user-query-limit=5");
        Map<String, String> shown = new TreeMap<>();
        for (JsonNode one : cli.json("config", "show", "--env", "production")
                .endsWith(0)
                .json()
                .path("settings")) {
            shown.put(one.path("name").stringValue(), one.path("value").stringValue());
        }
        assertThat(shown)
                .containsEntry("throttle.replica-lag", "2s")
                .containsEntry("throttle.autovacuum", "off")
                .containsEntry("throttle.wal-archive", "10 segments")
                .containsEntry("throttle.user-query", "SELECT coalesce(1, 2)")
                .containsEntry("throttle.chunk-latency", "10x");
        Outcome.Refusal refusal = cli.json("upgrade", "heads", "--throttle", "replica-lags=5s", "--throttle=grace=soon")
                .endsWith(2)
                .refusal();
        assertThat(refusal.message()).contains("did you mean 'replica-lag'?", "grace is 'soon'");
        assertThat(cli.json("upgrade", "heads", "--throttle", "user-query=SELECT nothing")
                        .endsWith(2)
                        .refusal()
                        .message())
                .contains("user-query does not run");
        assertThat(sql.number("SELECT count(*) FROM counted WHERE n > 0")).isZero();
    }

    /** Nothing else ends it: its flag file stays. */
    @Test
    void atItsDeadlineAThrottledRunStopsWithFiveAndResumeGoesOn() throws Exception {
        Files.createFile(folder.resolve("stop"));
        // before its first look at the file a run may do some chunks; at this rate those are few
        cli.file("migrations/count.sql", COUNT.replace("table=counted", "table=counted max-rows-per-second=100"));
        JsonNode stopped = cli.json("upgrade", "heads", "--throttle", "flag-file=stop", "--deadline", "4s")
                .endsWith(5)
                .json();
        assertThat(stopped.path("stopped").booleanValue()).isTrue();
        assertThat(stopped.path("notes").toString()).contains("deadline of the run", "athanor resume");
        assertThat(sql.number("SELECT count(*) FROM counted WHERE n > 0")).isLessThan(1000);
        cli.json("resume", "--deadline", "whenever").endsWith(2);
        cli.file("migrations/count.sql", COUNT.replace("table=counted", "table=counted max-rows-per-second=100"));
        cli.json("resume", "--deadline", "2h").endsWith(0);
        assertThat(sql.number("SELECT count(*) FROM counted WHERE n = 1")).isEqualTo(1000);
    }
}
