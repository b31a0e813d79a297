package dev.athanor.cli;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.run.MigrationRunner;
import dev.athanor.run.RunListener;
import dev.athanor.run.RunResult;
import dev.athanor.schema.BlockerPolicy;
import dev.athanor.throttle.ThrottleSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of the commands that work under the lease, and how they run. */
final class RunOptions {
    @Option(names = "--takeover", description = "Take the lease at once; only when its owner is known to be gone.")
    private boolean takeover;

    @Option(
            names = "--lease",
            paramLabel = "DURATION",
            description = "How long a lease lives without a heartbeat. Default: 15s.")
    private @Nullable String lease;

    @Option(
            names = "--exit-when-paused",
            description = "End with 5 when an operator has paused the backfill, instead of waiting.")
    private boolean exitWhenPaused;

    @Mixin
    private MetricsOptions metrics = new MetricsOptions();

    @Option(
            names = "--throttle",
            paramLabel = "NAME=VALUE|off",
            description =
                    "Limit of a signal that holds backfills back, such as replica-lag=5s, or off; all=off for none;"
                            + " may be repeated (ATHANOR_THROTTLE, separated by commas). athanor config show lists them.")
    private Map<String, String> throttle = new LinkedHashMap<>();

    @Option(
            names = "--cancel-autovacuum",
            description = "Cancel an autovacuum that a schema statement waits for, unless it is one against wraparound"
                    + " (ATHANOR_CANCEL_AUTOVACUUM=true).")
    private boolean cancelAutovacuum;

    @Option(
            names = "--cancel-blockers",
            paramLabel = "ROLE",
            split = ",",
            description =
                    "Roles whose sessions are ended when a schema statement waits for them: a statement that runs is"
                            + " cancelled, an idle transaction is terminated; each is recorded (ATHANOR_CANCEL_BLOCKERS,"
                            + " separated by commas).")
    private List<String> cancelBlockers = List.of();

    @Option(
            names = "--deadline",
            paramLabel = "DURATION|TIME",
            description = "When to stop at a clean checkpoint, with exit code 5: 2h, 06:00 or 2026-01-31T06:00+01:00.")
    private @Nullable String deadline;

    /** Runs with progress, stops at Ctrl-C, prints; the exit code. */
    int run(AthanorCommand root, BiFunction<MigrationRunner, Settings, RunResult> work) {
        return run(root, UnaryOperator.identity(), work);
    }

    /** The same with more for the runner. */
    int run(
            AthanorCommand root,
            UnaryOperator<MigrationRunner.Builder> more,
            BiFunction<MigrationRunner, Settings, RunResult> work) {
        Settings settings = root.settings();
        RunResult result = with(root, settings, more, runner -> work.apply(runner, settings));
        Result printed = new Result(root.terminal(), settings);
        printed.json(json -> RunReport.json(result, json));
        printed.text(out -> RunReport.text(result, out));
        return result.stopped() ? FailureKind.STOPPED.exitCode() : 0;
    }

    /** Works with a runner that has these options, tells progress and stops at Ctrl-C. */
    <T> T with(AthanorCommand root, Settings settings, Function<MigrationRunner, T> work) {
        return with(root, settings, UnaryOperator.identity(), work);
    }

    /** The same with more for the runner. */
    <T> T with(
            AthanorCommand root,
            Settings settings,
            UnaryOperator<MigrationRunner.Builder> more,
            Function<MigrationRunner, T> work) {
        Duration length = lease == null ? null : duration(lease);
        Map<String, String> signals = new LinkedHashMap<>(settings.throttle());
        signals.putAll(throttle);
        ThrottleSettings limits = ThrottleSettings.parse(signals);
        BlockerPolicy blockers = LockLayers.policy(settings.locks(), cancelAutovacuum, cancelBlockers);
        Instant end = deadline == null ? null : EndTime.parse(deadline, root.clock());
        RunListener listener =
                settings.voice().quiet() ? RunListener.NONE : new Progress(root.terminal(), root.clock());
        return metrics.with(
                root,
                meters -> Opened.with(root, settings, opened -> {
                    MigrationRunner runner = opened.runner(builder -> {
                        MigrationRunner.Builder all = more.apply(builder)
                                .listener(meters)
                                .listener(listener)
                                .exitWhenPaused(exitWhenPaused)
                                .takeover(takeover)
                                .clock(root.clock())
                                .throttle(limits)
                                .blockers(blockers);
                        if (end != null) {
                            all.deadline(end);
                        }
                        return length == null ? all : all.lease(length);
                    });
                    root.interruptible(runner);
                    return work.apply(runner);
                }));
    }

    private static Duration duration(String text) {
        Duration duration = dev.athanor.source.Durations.parse(text);
        if (duration == null || duration.toSeconds() < 1) {
            throw new AthanorException(
                    FailureKind.USAGE,
                    "usage",
                    "--lease is '" + text + "'; it must be a duration of a second or more, such as 15s or 1m.",
                    "See: athanor upgrade --help");
        }
        return duration;
    }
}
