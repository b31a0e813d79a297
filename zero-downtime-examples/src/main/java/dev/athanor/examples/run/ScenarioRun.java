package dev.athanor.examples.run;

import dev.athanor.AthanorException;
import dev.athanor.examples.application.ApplicationVersion;
import dev.athanor.examples.application.Audit;
import dev.athanor.examples.application.Check;
import dev.athanor.examples.application.Findings;
import dev.athanor.examples.application.Instance;
import dev.athanor.examples.application.KnownRows;
import dev.athanor.examples.run.ScenarioResult.StageLatency;
import dev.athanor.examples.scenario.Scenario;
import dev.athanor.postgres.ConnectionUrl;
import dev.athanor.postgres.Database;
import dev.athanor.postgres.Pause;
import dev.athanor.postgres.PoolSettings;
import dev.athanor.revision.Phase;
import dev.athanor.run.LintMode;
import dev.athanor.run.MigrationRunner;
import dev.athanor.run.UpgradeRequest;
import dev.athanor.schema.BlockerPolicy;
import dev.athanor.source.RevisionFolder;
import dev.athanor.source.Revisions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.HdrHistogram.Histogram;

/**
 * Runs a scenario as a release pipeline would: expand, switch the first instance, backfill, switch the second, contract, while two
 * instances of the application never stop to work.
 */
public final class ScenarioRun {
    private final Scenario scenario;
    private final RunSettings settings;
    private final Findings findings = new Findings();
    private final Timeline timeline = new Timeline();
    private final Latencies latencies = new Latencies(timeline);
    private final String url;
    private final KnownRows rows;
    private final Instance first;
    private final Instance second;

    /** @param url of an empty database, as libpq writes it */
    public ScenarioRun(Scenario scenario, RunSettings settings, String url) {
        this.scenario = scenario;
        this.settings = settings;
        this.url = url;
        this.rows = new KnownRows(settings.rows());
        this.first = new Instance("A", url, settings.rate(), rows, findings, latencies);
        this.second = new Instance("B", url, settings.rate(), rows, findings, latencies);
    }

    /** Makes the table, runs everything, and compares all rows at the end. */
    public ScenarioResult run() {
        Revisions revisions = RevisionFolder.read(
                List.of(scenario.folder(settings.scenarios()).resolve("migrations")));
        ConnectionUrl at = ConnectionUrl.parse(url, Map.of());
        try (Database database = Database.open(at, MigrationRunner.connectionsFor(revisions));
                Database watching = Database.open(at, PoolSettings.DEFAULTS)) {
            Tables.create(database.dataSource(), scenario.folder(settings.scenarios()), settings.rows());
            try (LockWatch locks =
                    new LockWatch(watching.dataSource(), timeline, findings, RunSettings.LONGEST_LOCK_WAIT)) {
                begin(Stage.WARM_UP);
                locks.start();
                rollout(database, revisions);
                long end = System.nanoTime();
                long compared = new Audit(url, rows, findings).run(scenario.newVersion());
                promised(watching);
                return new ScenarioResult(
                        scenario,
                        findings,
                        compared,
                        stages(locks, end),
                        locks.longestGap(),
                        new LatencyChart(timeline, latencies, end).svg());
            }
        }
    }

    private void rollout(Database database, Revisions revisions) {
        ApplicationVersion before = scenario.oldVersion();
        ApplicationVersion after = scenario.newVersion();
        try {
            first.start(before, false);
            second.start(before, false);
            quiet();
            begin(Stage.OLD);
            quiet();
            migrate(Stage.EXPAND, Phase.EXPAND, database, revisions);
            begin(Stage.BOTH);
            second.start(after, true);
            quiet();
            migrate(Stage.BACKFILL, Phase.BACKFILL, database, revisions);
            second.filled();
            begin(Stage.NEW);
            first.start(after, false);
            quiet();
            migrate(Stage.CONTRACT, Phase.CONTRACT, database, revisions);
            begin(Stage.AFTER);
            quiet();
        } catch (AthanorException e) {
            findings.add(Check.MIGRATION, e.getMessage() + " " + e.hint());
        } finally {
            first.stop();
            second.stop();
        }
    }

    /** A change that was not made would harm no application. */
    private void promised(Database database) {
        Tables.notAsPromised(database.dataSource(), scenario.folder(settings.scenarios()))
                .forEach(query -> findings.add(Check.MIGRATION, "at the end this does not hold: " + query));
    }

    private void migrate(Stage stage, Phase phase, Database database, Revisions revisions) {
        begin(stage);
        // An autovacuum would hold a lock up for a second, and the application behind it. Lint would refuse the
        // scenario that
        // has to fail; what it does to others is to be seen.
        MigrationRunner.of(database, revisions)
                .blockers(new BlockerPolicy(true, Set.of()))
                .lint(scenario.mustFail() ? LintMode.OFF : LintMode.ERROR)
                .build()
                .upgrade(new UpgradeRequest("heads", phase));
    }

    private void begin(Stage stage) {
        timeline.begin(stage, System.nanoTime());
    }

    private void quiet() {
        Pause.real().await(settings.quiet());
    }

    private List<StageLatency> stages(LockWatch locks, long endNanos) {
        List<StageLatency> stages = new ArrayList<>();
        for (Stage stage : Stage.values()) {
            for (ApplicationVersion version : List.of(scenario.oldVersion(), scenario.newVersion())) {
                Histogram micros = latencies.of(stage, version.name());
                if (micros.getTotalCount() > 0) {
                    stages.add(new StageLatency(
                            stage,
                            version.name(),
                            timeline.seconds(stage, endNanos),
                            micros.getTotalCount(),
                            micros.getValueAtPercentile(50) / 1e3,
                            micros.getValueAtPercentile(99) / 1e3,
                            micros.getMaxValue() / 1e3,
                            locks.atLeast(stage),
                            locks.atMost(stage)));
                }
            }
        }
        return stages;
    }
}
