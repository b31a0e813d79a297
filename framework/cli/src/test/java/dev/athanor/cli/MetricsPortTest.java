package dev.athanor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Metrics over HTTP, from a process that is at work. */
@AthanorPostgres
class MetricsPortTest {
    private static final int ROWS = 100_000;

    private static final String COUNT = """
            -- athanor:revision count

            -- athanor:backfill name=once table=counted chunk-size=100 max-rows-per-second=1000
            UPDATE counted SET n = n + 1 WHERE ${chunk};
            """;

    private static final Pattern ADDRESS = Pattern.compile("metrics at (http://127\\.0\\.0\\.1:([0-9]+))/metrics");

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final TestDatabase database;
    private final Jdbc sql;
    private Cli cli;

    MetricsPortTest(TestDatabase database) {
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

    private HttpResponse<String> get(String address) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void whileAnUpgradeRunsItsMetricsAreServed() throws Exception {
        try (Running running = cli.start("upgrade", "heads", "--metrics-port", "0")) {
            running.awaitError("/metrics\n");
            Matcher said = ADDRESS.matcher(running.error());
            assertThat(said.find()).isTrue();
            String address = said.group(1);
            // the first rows, and the first beat
            Pattern rows = Pattern.compile(
                    "athanor_scanned_rows_total\\{backfill=\"once\",revision=\"count\",table=\"[^}]*} [1-9]");
            await("rows are counted").atMost(Duration.ofMinutes(1)).until(() -> {
                String body = get(address + "/metrics").body();
                return rows.matcher(body).find() && body.contains("athanor_throttled{");
            });
            HttpResponse<String> metrics = get(address + "/metrics");
            assertThat(metrics.headers().firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
            assertThat(metrics.body()).contains("athanor_lease_age_seconds ", "reason=\"max-rows-per-second\"");
            assertThat(get(address + "/healthz").body()).isEqualTo("ok\n");
            assertThat(get(address + "/metrics/else").statusCode()).isEqualTo(404);
            assertThat(get(address + "/").statusCode()).isEqualTo(404);

            cli.json("upgrade", "heads", "--metrics-port", said.group(2))
                    .endsWith(2)
                    .refusal()
                    .is("metrics_port")
                    .says("127.0.0.1:" + said.group(2))
                    .advises("--metrics-port 0");

            running.signal("INT");
            running.ending().endsWith(130);
            assertThatThrownBy(() -> get(address + "/metrics")).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void thePortMayComeFromTheEnvironmentAndMustBeOne() {
        cli.file("migrations/count.sql", "-- athanor:revision count\n\n-- athanor:expand\nSELECT 1;\n");
        cli.with("ATHANOR_METRICS_PORT", "0");
        assertThat(cli.run("upgrade", "heads").endsWith(0).err()).containsPattern(ADDRESS);
        assertThat(cli.run("downgrade", "base", "--yes", "--metrics-port=0").err())
                .containsPattern(ADDRESS);
        assertThat(cli.run("resume").endsWith(0).err()).containsPattern(ADDRESS);
        cli.with("ATHANOR_METRICS_PORT", "70000");
        cli.json("upgrade", "heads").endsWith(2).refusal().is("usage").says("ATHANOR_METRICS_PORT", "70000");
        cli.json("upgrade", "heads", "--metrics-port", "x")
                .endsWith(2)
                .refusal()
                .says("--metrics-port", "'x'");
        cli.json("upgrade", "heads", "--metrics-port", "0", "--metrics-host", "no.such.host.invalid")
                .endsWith(2)
                .refusal()
                .is("metrics_port")
                .says("no.such.host.invalid");
    }
}
