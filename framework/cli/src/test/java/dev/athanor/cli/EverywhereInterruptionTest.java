package dev.athanor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C while one command works on several databases. */
@AthanorPostgres
class EverywhereInterruptionTest {
    private static final int ROWS = 6000;
    private static final List<String> NAMES = List.of("first", "second", "third");

    /** Not idempotent, and slow enough to be met in the middle. */
    private static final String COUNT = """
            -- athanor:revision count

            -- athanor:backfill name=once table=counted chunk-size=100 max-rows-per-second=1000
            UPDATE counted SET n = n + 1 WHERE ${chunk};
            """;

    private final TestDatabase database;
    private final Jdbc sql;
    private Cli cli;

    EverywhereInterruptionTest(TestDatabase database) {
        this.database = database;
        this.sql = database.jdbc();
    }

    @BeforeEach
    void databases(@TempDir Path folder) {
        StringBuilder environments = new StringBuilder("environments:\n");
        for (String name : NAMES) {
            sql.execute("CREATE DATABASE " + name);
            at(name).execute("CREATE TABLE counted (id int PRIMARY KEY, n int NOT NULL DEFAULT 0);"
                    + "INSERT INTO counted SELECT i FROM generate_series(1, " + ROWS + ") i");
            environments.append("  " + name + ":\n    url: " + urlOf(name) + "\n");
        }
        cli = new Cli(folder).file("migrations/count.sql", COUNT).file("athanor.yaml", environments.toString());
    }

    @AfterEach
    void drop() {
        NAMES.forEach(name -> sql.execute("DROP DATABASE " + name + " WITH (FORCE)"));
    }

    private String urlOf(String name) {
        return database.url().replaceFirst("/[^/?]*(\\?|$)", "/" + name + "$1");
    }

    private Jdbc at(String name) {
        return Jdbc.at(urlOf(name));
    }

    private long changed(String name) {
        return at(name).number("SELECT count(*) FROM counted WHERE n > 0");
    }

    @Test
    void thoseAtWorkStopAtCheckpointsAndTheOthersDoNotBegin() {
        try (Running running = cli.start("upgrade", "heads", "--all", "--parallel", "2")) {
            await("both are being changed")
                    .pollInterval(Duration.ofMillis(50))
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> changed("first") > 0 && changed("second") > 0);
            running.signal("INT");
            assertThat(running.ending().endsWith(130).out())
                    .containsPattern("first +5 +Stopped at a clean checkpoint")
                    .containsPattern("second +5 +Stopped at a clean checkpoint")
                    .containsPattern("third +5 +Not begun");
        }
        assertThat(changed("first")).isLessThan(ROWS);
        assertThat(changed("second")).isLessThan(ROWS);
        assertThat(changed("third")).isZero();

        cli.run("upgrade", "heads", "--all").endsWith(0);
        assertThat(NAMES)
                .allSatisfy(name -> assertThat(at(name).number("SELECT count(*) FROM counted WHERE n = 1"))
                        .isEqualTo(ROWS));
        cli.run("status", "--check", "--all").endsWith(0);
    }
}
