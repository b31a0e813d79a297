package dev.athanor.cli;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.run.MigrationRunner;
import dev.athanor.run.RunListener;
import dev.athanor.run.RunResult;
import java.time.Duration;
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

    /** Runs with progress, stops at Ctrl-C, prints; the exit code. */
    int run(AthanorCommand root, BiFunction<MigrationRunner, Settings, RunResult> work) {
        Settings settings = root.settings();
        RunResult result = with(root, settings, runner -> work.apply(runner, settings));
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
                                .clock(root.clock());
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
