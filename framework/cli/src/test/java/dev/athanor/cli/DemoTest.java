package dev.athanor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.athanor.embedded.EmbeddedServer;
import dev.athanor.embedded.EmbeddedSettings;
import dev.athanor.postgres.ConnectionUrl;
import dev.athanor.postgres.Database;
import dev.athanor.postgres.PoolSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The demo as a newcomer runs it. */
class DemoTest {
    private static final String[] DEMO = {"demo", "--rows", "3000"};

    @TempDir
    private Path folder;

    @Test
    void endsWellAndLeavesNothing() {
        JsonNode json = new Cli(folder).json(DEMO).endsWith(0).json();
        assertThat(json.path("success").booleanValue()).isTrue();
        assertThat(json.path("rows").longValue()).isEqualTo(3000);
        assertThat(json.path("application_errors").isNumber()).isTrue();
        assertThat(json.path("application_errors").longValue()).isZero();
        assertThat(json.path("application").propertyNames()).contains("before", "during");
        assertThat(json.path("rows_per_second").longValue()).isPositive();
        assertThat(json.path("verifications"))
                .isNotEmpty()
                .allSatisfy(verification ->
                        assertThat(verification.path("wrong").longValue()).isZero());
        awaitNoProcess();
        assertThat(hasDatabase()).isFalse();
    }

    @Test
    void killedInTheMiddleTheNextGoesOn() {
        Cli cli = new Cli(folder);
        try (Running killed = cli.start("demo", "--rows", "3000", "--keep")) {
            killed.awaitError("sd002 backfill");
            killed.signal("KILL");
            assertThat(killed.ending().code()).isEqualTo(137);
        }
        Outcome next = cli.run("demo", "--rows", "3000", "--keep").endsWith(0);
        assertThat(next.err()).contains("going on with the database");
        assertThat(next.out()).contains("3,000 tickets", "BACKFILL", "APPLICATION", "verified: ", "./athanor status");
        assertThat(cli.run("status", "--check", "--config", ".athanor/demo/athanor.yaml")
                        .endsWith(0)
                        .out())
                .contains("applied heads: ", "pending: (none)");
        awaitNoProcess();
        assertThat(hasDatabase()).isTrue();
    }

    /** A server's command line names its folder. */
    private void awaitNoProcess() {
        await("no process works in the folder")
                .atMost(Duration.ofSeconds(20))
                .until(() -> ProcessHandle.allProcesses()
                        .noneMatch(process -> process.info()
                                .commandLine()
                                .filter(line -> line.contains(folder.toString()))
                                .isPresent()));
    }

    private boolean hasDatabase() {
        EmbeddedSettings settings = EmbeddedSettings.in(folder.resolve(Opened.EMBEDDED));
        try (EmbeddedServer server = EmbeddedServer.open(settings);
                Database standard = Database.open(ConnectionUrl.parse(server.url(), Map.of()), PoolSettings.DEFAULTS)) {
            return standard.transactions()
                    .autocommit(session -> session.queryOne(
                            "SELECT datname FROM pg_database WHERE datname = ?",
                            row -> row.string("datname"),
                            DemoDatabase.NAME))
                    .isPresent();
        }
    }
}
