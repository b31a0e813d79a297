package dev.athanor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.backfill.BackfillEvent;
import dev.athanor.revision.Phase;
import dev.athanor.run.RunEnd;
import dev.athanor.run.RunListener;
import dev.athanor.run.RunListener.BackfillView;
import dev.athanor.telemetry.Meters;
import dev.athanor.throttle.BudgetState;
import dev.athanor.throttle.Reading;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Dashboard, alerts and README name the metrics that are really served, and all of them. */
class ObservabilityFilesTest {
    private static final Pattern METRIC = Pattern.compile("\\bathanor_[a-z_]+");

    /** What is deliberately on no dashboard; nothing yet. */
    private static final Set<Meters> NOT_SHOWN = Set.of();

    private final Path root = root();

    @Test
    void every_metric_of_the_dashboard_is_served_and_every_meter_is_on_it() throws Exception {
        JsonNode dashboard = JsonMapper.shared()
                .readTree(Files.readString(root.resolve("framework/observability/athanor-dashboard.json")));
        List<String> expressions = new ArrayList<>();
        dashboard.path("panels").forEach(panel -> {
            assertThat(panel.path("title").stringValue()).isNotBlank();
            assertThat(panel.path("targets")).isNotEmpty();
            panel.path("targets")
                    .forEach(target -> expressions.add(target.path("expr").stringValue()));
        });
        dashboard
                .path("templating")
                .path("list")
                .forEach(variable -> expressions.add(variable.path("query").stringValue()));
        Set<String> named = metrics(expressions);
        assertThat(served()).containsAll(named);
        for (Meters meter : Meters.values()) {
            assertThat(named.stream().anyMatch(name -> isOf(meter, name)))
                    .as("%s on the dashboard", meter)
                    .isEqualTo(!NOT_SHOWN.contains(meter));
        }
    }

    @Test
    void every_metric_of_the_alerts_is_served() throws Exception {
        Map<?, ?> file = new Yaml().load(Files.readString(root.resolve("framework/observability/athanor-alerts.yaml")));
        List<String> expressions = new ArrayList<>();
        for (Object group : (List<?>) file.get("groups")) {
            for (Object each : (List<?>) ((Map<?, ?>) group).get("rules")) {
                Map<?, ?> rule = (Map<?, ?>) each;
                assertThat(rule.get("alert")).asString().startsWith("Athanor");
                assertThat((Map<?, ?>) rule.get("annotations")).hasSize(2);
                expressions.add((String) rule.get("expr"));
            }
        }
        assertThat(expressions).hasSizeGreaterThan(5);
        assertThat(served()).containsAll(metrics(expressions));
    }

    @Test
    void the_table_of_the_readme_is_the_enum() throws IOException {
        assertThat(Files.readString(root.resolve("README.md")))
                .contains(List.of(Meters.values()).stream().map(Meters::row).collect(Collectors.joining("\n")));
    }

    private static boolean isOf(Meters meter, String name) {
        return name.equals(meter.prometheus())
                || meter.type() == Meters.Type.TIMER && name.matches(meter.prometheus() + "_(bucket|count|sum|max)");
    }

    private static Set<String> metrics(List<String> expressions) {
        return expressions.stream()
                .flatMap(text -> METRIC.matcher(text).results())
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }

    /** Names of all samples, when everything has happened. */
    private static Set<String> served() throws IOException, InterruptedException {
        try (MetricsServer server = MetricsServer.open("127.0.0.1", 0)) {
            happen(server.listener());
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(server.address())).build(),
                            HttpResponse.BodyHandlers.ofLines())
                    .body()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.replaceFirst("[{ ].*", ""))
                    .collect(Collectors.toSet());
        }
    }

    private static void happen(RunListener listener) {
        BackfillView fill = new BackfillView(1, "r", "fill", "\"t\"", 10, 0, 2, "");
        Reading lag = new Reading("replica lag", 2, "s", 5, 0.4, "replica lag 2s");
        BudgetState state = new BudgetState(1, 2, 100, 0.4, "replica lag 2s", List.of(lag));
        listener.leaseTaken();
        listener.phaseStarted("r", Phase.EXPAND);
        listener.sectionRetried("r", "expand 1", "blocked", Duration.ZERO);
        listener.phaseEnded("r", Phase.EXPAND, RunEnd.DONE);
        listener.backfillStarted(fill);
        List.of(
                        new BackfillEvent.Beat(1, 5, false, state),
                        new BackfillEvent.ChunkCommitted(1, 0, List.of("1"), 1, 1, Duration.ofMillis(1)),
                        new BackfillEvent.ChunkRetried(1, 0, "55P03", "", 1, Duration.ZERO),
                        new BackfillEvent.ChunkShrunk(1, 0, "57014", "", 1),
                        new BackfillEvent.Vacuumed(1, 1, Duration.ofMillis(1)))
                .forEach(event -> listener.backfillEvent(fill, event));
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("athanor"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
