package dev.athanor.cli;

import dev.athanor.FailureKind;
import dev.athanor.postgres.DatabaseException;
import dev.athanor.postgres.Pause;
import dev.athanor.run.BackfillProgress;
import dev.athanor.run.BackfillProgress.State;
import dev.athanor.run.JsonForm;
import dev.athanor.run.MigrationRunner;
import dev.athanor.run.StatusReport;
import dev.athanor.run.StatusReport.LeaseView;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows again and again how backfills stand. */
@Command(
        name = "watch",
        description = "Show how backfills stand, again and again: a screen on a terminal, else a line each time; with"
                + " --output json an object a line. Changes nothing.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Nothing is left to be done (--until-done).",
            "2:No such backfill, or several.",
            "4:With --until-done: a backfill has failed, and nobody works on it.",
            "130:Ctrl-C."
        })
final class WatchCommand implements Callable<Integer> {
    private static final Duration USUAL_INTERVAL = Duration.ofSeconds(1);

    private final AthanorCommand root;

    @Parameters(paramLabel = "ID", arity = "0..1", description = "Only this backfill, named as for athanor backfill.")
    private @Nullable String id;

    @Option(names = "--interval", paramLabel = "DURATION", description = "Between two looks. Default: 1s.")
    private @Nullable String interval;

    @Option(names = "--until-done", description = "End when nothing is left to be done.")
    private boolean untilDone;

    WatchCommand(AthanorCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        Duration pause = interval();
        Settings settings = root.settings();
        return Opened.with(root, settings, opened -> {
            MigrationRunner runner = opened.runner();
            StatusReport first = look(runner);
            if (settings.json() || !root.terminal().redraws()) {
                return watch(runner, first, pause, report -> print(settings, report));
            }
            try (Screen screen =
                    new Screen(root.terminal().err(), root.terminal().columns())) {
                return watch(runner, first, pause, report -> screen.draw(screen(report)));
            }
        });
    }

    private interface View {
        void show(StatusReport report);
    }

    private int watch(MigrationRunner runner, StatusReport first, Duration pause, View view) {
        StatusReport report = first;
        while (true) {
            view.show(report);
            if (untilDone && isOver(report)) {
                return 0;
            }
            if (untilDone && hasFailed(report)) {
                return FailureKind.FAILED.exitCode();
            }
            Pause.real().await(pause);
            try {
                report = look(runner);
            } catch (DatabaseException e) {
                // it was there a moment ago: a restart, which is what one watches for
                root.terminal().err().println(String.valueOf(e.getMessage()));
            }
        }
    }

    /** Only what is asked for. */
    private StatusReport look(MigrationRunner runner) {
        StatusReport report = runner.status();
        return id == null ? report : report.only(id);
    }

    private boolean isOver(StatusReport report) {
        return report.backfills().stream()
                        .allMatch(backfill -> backfill.standing().over())
                && (id != null || report.pending().isEmpty());
    }

    private static boolean hasFailed(StatusReport report) {
        return report.lease() == null
                && report.backfills().stream().anyMatch(backfill -> backfill.standing() == State.FAILED);
    }

    private void print(Settings settings, StatusReport report) {
        Result result = new Result(root.terminal(), settings);
        result.json(json -> {
            json.put("at", root.clock().instant().toString());
            json.put("backfills", report.backfills().stream().map(JsonForm::of).toList());
            json.put("pending", report.pending());
            json.put("lease", JsonForm.of(report).get("lease"));
        });
        result.text(out -> lines(report).forEach(out::println));
    }

    private List<String> lines(StatusReport report) {
        String now = root.clock().instant().truncatedTo(ChronoUnit.SECONDS) + " ";
        List<String> lines = report.backfills().stream()
                .filter(backfill -> id != null || !backfill.standing().over())
                .map(backfill -> now + ProgressLine.of(backfill).text())
                .toList();
        return lines.isEmpty() ? List.of(now + "no backfill is open") : lines;
    }

    private List<String> screen(StatusReport report) {
        LeaseView lease = report.lease();
        List<String> lines = new ArrayList<>();
        lines.add("athanor watch  " + root.clock().instant().truncatedTo(ChronoUnit.SECONDS) + "  "
                + (lease == null
                        ? "nobody is at work"
                        : "at work: " + lease.owner() + ", pid " + lease.pid() + " on " + lease.host()));
        lines.add("");
        for (BackfillProgress backfill : report.backfills()) {
            lines.add(ProgressLine.of(backfill).text());
            if (backfill.pulse() != null) {
                backfill.pulse().signals().stream()
                        .filter(signal -> !signal.text().isEmpty())
                        .forEach(signal -> lines.add("    " + signal.text()));
            }
            if (!backfill.remedy().isEmpty()) {
                lines.add("    " + backfill.remedy());
            }
        }
        lines.add("");
        lines.add("Ctrl-C ends it; the backfills go on.");
        return lines;
    }

    private Duration interval() {
        if (interval == null) {
            return USUAL_INTERVAL;
        }
        Duration duration = dev.athanor.source.Durations.parse(interval);
        if (duration == null) {
            throw UsageError.of("--interval is '" + interval + "'; it must be a duration such as 500ms or 5s", "watch");
        }
        return duration;
    }
}
