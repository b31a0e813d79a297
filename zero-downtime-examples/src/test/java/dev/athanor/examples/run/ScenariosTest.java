package dev.athanor.examples.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.examples.application.Check;
import dev.athanor.examples.scenario.Scenario;
import dev.athanor.examples.scenario.Scenarios;
import dev.athanor.postgres.ConnectionUrl;
import dev.athanor.postgres.Database;
import dev.athanor.postgres.PoolSettings;
import dev.athanor.run.LintReport;
import dev.athanor.run.LintRequest;
import dev.athanor.source.RevisionFolder;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every scenario on a small table: nothing may fail, be read wrongly, get lost, or wait long for a lock. */
@AthanorPostgres
final class ScenariosTest {
    private static final RunSettings SMALL = new RunSettings(2_000, Duration.ofMillis(500), 60, Path.of("scenarios"));

    static List<Scenario> all() {
        return Scenarios.ALL;
    }

    static List<Scenario> toPass() {
        return Scenarios.ALL.stream().filter(scenario -> !scenario.mustFail()).toList();
    }

    static List<Scenario> toFail() {
        return Scenarios.ALL.stream().filter(Scenario::mustFail).toList();
    }

    @ParameterizedTest
    @MethodSource("toPass")
    void passes(Scenario scenario, TestDatabase test, @TempDir Path out) throws Exception {
        ScenarioResult result = run(scenario, test);

        assertThat(result.findings().none()).as(Report.text(result)).isTrue();
        assertThat(result.passed()).isTrue();
        assertThat(result.stages())
                .extracting(ScenarioResult.StageLatency::stage)
                .contains(Stage.values());
        assertThat(result.stages())
                .filteredOn(stage -> stage.stage() == Stage.BACKFILL)
                .extracting(ScenarioResult.StageLatency::version)
                .containsExactly("old", "new");
        Path folder = Report.write(result, out);
        assertThat(Files.readString(folder.resolve("report.md"))).contains("| contract |", "latency.svg");
        assertThat(Files.readString(folder.resolve("latency.svg")))
                .startsWith("<svg")
                .contains(">backfill</text>");
    }

    @ParameterizedTest
    @MethodSource("toFail")
    void failsAsItMust(Scenario scenario, TestDatabase test) {
        ScenarioResult result = run(scenario, test);

        assertThat(result.passed()).isTrue();
        assertThat(result.findings().count(Check.APPLICATION_ERROR))
                .as(Report.text(result))
                .isPositive();
        assertThat(result.findings().count(Check.LOST_UPDATE))
                .as(Report.text(result))
                .isPositive();
        assertThat(Report.text(result)).contains("failed, as it must");
    }

    @Test
    void everyScenarioHasItsFolder() {
        assertThat(Scenarios.ALL).extracting(Scenario::number).doesNotHaveDuplicates();
        assertThat(Scenarios.ALL)
                .allSatisfy(scenario -> assertThat(scenario.folder(SMALL.scenarios()))
                        .isDirectoryContaining("glob:**/README.md")
                        .isDirectoryContaining("glob:**/table.sql")
                        .isDirectoryContaining("glob:**/after.sql"));
    }

    @ParameterizedTest
    @MethodSource("toPass")
    void whatIsPromisedOfTheEndDoesNotHoldBefore(Scenario scenario, TestDatabase test) {
        try (TestDatabase own = test.server().newDatabase();
                Database database = Database.open(ConnectionUrl.parse(own.url(), Map.of()), PoolSettings.DEFAULTS)) {
            Path folder = scenario.folder(SMALL.scenarios());
            Tables.create(database.dataSource(), folder, 10);

            assertThat(Tables.notAsPromised(database.dataSource(), folder)).isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void lintKnowsWhichOfThemFails(Scenario scenario) {
        LintReport report = LintRequest.DEFAULT.offline(
                RevisionFolder.read(List.of(scenario.folder(SMALL.scenarios()).resolve("migrations")))
                        .definitions(),
                Map.of());

        assertThat(report.refuses()).as(report.findings().toString()).isEqualTo(scenario.mustFail());
    }

    private static ScenarioResult run(Scenario scenario, TestDatabase test) {
        try (TestDatabase own = test.server().newDatabase()) {
            return new ScenarioRun(scenario, SMALL, own.url()).run();
        }
    }
}
