package dev.athanor.cli;

import dev.athanor.FailureKind;
import dev.athanor.embedded.EmbeddedServer;
import dev.athanor.jobs.supportdesk.application.ApplicationSettings;
import dev.athanor.jobs.supportdesk.application.SimulatedApplication;
import dev.athanor.postgres.ConnectionUrl;
import dev.athanor.postgres.Database;
import dev.athanor.postgres.Pause;
import dev.athanor.run.MigrationRunner;
import dev.athanor.run.RunListener;
import dev.athanor.run.RunResult;
import dev.athanor.run.UpgradeRequest;
import dev.athanor.source.Revisions;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import reactor.core.scheduler.Schedulers;

/** The demo, step by step. */
final class Demo {
    /** How long the application runs alone, to know how it does without us. */
    private static final Duration BASELINE = Duration.ofSeconds(5);

    /** First connections and cold code would be counted as the application's own latency. */
    private static final Duration WARM_UP = Duration.ofSeconds(2);

    static final String WARMING_UP = "warm-up";
    private static final String BEFORE = "before";
    private static final String DURING = "during";

    private final AthanorCommand root;
    private final Settings settings;
    private final DemoFolder folder;
    private final Progress progress;
    private boolean finished;

    Demo(AthanorCommand root, Settings settings, DemoFolder folder) {
        this.root = root;
        this.settings = settings;
        this.folder = folder;
        this.progress = new Progress(root.terminal(), root.clock());
    }

    int run(long rows, boolean keep) {
        Revisions revisions = folder.write(DemoDatabase.NAME);
        say("starting PostgreSQL in " + Opened.EMBEDDED);
        try (EmbeddedServer server = Opened.server()) {
            DemoDatabase demo = new DemoDatabase(server);
            try (Database database = prepare(demo, rows, revisions)) {
                MigrationRunner runner = MigrationRunner.of(database, revisions)
                        .listener(settings.voice().quiet() ? RunListener.NONE : progress)
                        .build();
                return shown(server, runner, rows, keep);
            } finally {
                dropUnlessWanted(demo, keep);
            }
        }
    }

    private int shown(EmbeddedServer server, MigrationRunner runner, long rows, boolean keep) {
        root.interruptible(runner);
        DemoReport report = underLoad(server, runner, rows);
        Result result = new Result(root.terminal(), settings);
        result.json(report::json);
        result.text(out -> report.text(out, keep, folder));
        return exitCode(report);
    }

    private void dropUnlessWanted(DemoDatabase demo, boolean keep) {
        if (finished && !keep) {
            demo.drop();
        }
    }

    private int exitCode(DemoReport report) {
        if (report.result().stopped()) {
            return FailureKind.STOPPED.exitCode();
        }
        finished = true;
        return report.applicationErrors() == 0 ? 0 : FailureKind.FAILED.exitCode();
    }

    /** The database with its tickets: the one of an interrupted demo, or a new one. */
    private Database prepare(DemoDatabase demo, long rows, Revisions revisions) {
        if (demo.tickets().filter(made -> made == rows).isPresent()) {
            Database database = open(demo, revisions);
            if (!MigrationRunner.of(database, revisions)
                    .build()
                    .status()
                    .pending()
                    .isEmpty()) {
                say("going on with the database of a demo that was interrupted");
                return database;
            }
            database.close();
        }
        Instant begin = root.clock().instant();
        say(String.format(Locale.ROOT, "making a support desk of %,d tickets", rows));
        demo.make(rows, (stage, done, expected) -> {
            if (settings.voice().verbose()) {
                say(String.format(Locale.ROOT, "  %s %,d of about %,d", stage, done, expected));
            }
        });
        say("made in " + Durations.inWords(Duration.between(begin, root.clock().instant())));
        return open(demo, revisions);
    }

    private static Database open(DemoDatabase demo, Revisions revisions) {
        return Database.open(
                ConnectionUrl.parse(demo.server().url(DemoDatabase.NAME), Map.of()),
                MigrationRunner.connectionsFor(revisions));
    }

    private DemoReport underLoad(EmbeddedServer server, MigrationRunner runner, long rows) {
        SimulatedApplication application = SimulatedApplication.start(
                server.url(DemoDatabase.NAME), ApplicationSettings.DEFAULTS, Schedulers.parallel(), WARMING_UP);
        try {
            say("the application runs alone for " + Durations.inWords(WARM_UP.plus(BASELINE)) + ", "
                    + ApplicationSettings.DEFAULTS.statementsPerSecond() + " statements/s");
            Pause.real().await(WARM_UP);
            application.beginPeriod(BEFORE);
            Pause.real().await(BASELINE);
            application.beginPeriod(DURING);
            RunResult result = runner.upgrade(new UpgradeRequest("heads", null));
            application.stop().toFuture().orTimeout(10, TimeUnit.SECONDS).join();
            return new DemoReport(rows, result, application.reports());
        } finally {
            application.dispose();
        }
    }

    private void say(String line) {
        if (!settings.voice().quiet()) {
            progress.say(line);
        }
    }
}
