package dev.athanor.examples.run;

import dev.athanor.examples.application.Check;
import dev.athanor.examples.run.ScenarioResult.StageLatency;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is told of scenarios: a table for the terminal, the same in Markdown with the chart beside it. */
public final class Report {
    private static final List<String> STAGE_HEAD =
            List.of("stage", "seconds", "version", "requests", "p50 ms", "p99 ms", "max ms", "lock wait ms", "at most");
    private static final List<String> SUMMARY_HEAD = List.of(
            "scenario",
            "result",
            "requests",
            "rows compared",
            "worst request ms",
            "worst lock wait ms",
            "at most",
            "unwatched ms",
            "found");

    private Report() {}

    /** For the terminal. */
    public static String text(ScenarioResult result) {
        return new TextTable(STAGE_HEAD, stages(result)).plain() + "\n" + verdict(result);
    }

    /** One row for each scenario, for the terminal. */
    public static String summaryText(List<ScenarioResult> results) {
        return new TextTable(SUMMARY_HEAD, summary(results)).plain();
    }

    /** Writes {@code report.md} and {@code latency.svg} into the scenario's folder in {@code out}; gives that folder. */
    public static Path write(ScenarioResult result, Path out) {
        Path folder = out.resolve(result.scenario().title());
        write(folder.resolve("latency.svg"), result.chart());
        write(
                folder.resolve("report.md"),
                "# " + result.scenario().title() + "\n\n" + new TextTable(STAGE_HEAD, stages(result)).markdown() + "\n"
                        + verdict(result).indent(4) + "\n![latency](latency.svg)\n");
        return folder;
    }

    /** Writes {@code summary.md} into {@code out}. */
    public static void writeSummary(List<ScenarioResult> results, Path out) {
        write(out.resolve("summary.md"), new TextTable(SUMMARY_HEAD, summary(results)).markdown());
    }

    private static List<List<String>> stages(ScenarioResult result) {
        List<List<String>> lines = new ArrayList<>();
        for (StageLatency stage : result.stages()) {
            lines.add(List.of(
                    stage.stage().title(),
                    number(stage.seconds()),
                    stage.version(),
                    Long.toString(stage.requests()),
                    number(stage.p50Millis()),
                    number(stage.p99Millis()),
                    number(stage.maxMillis()),
                    number(stage.lockWaitMillis()),
                    number(stage.lockWaitAtMostMillis())));
        }
        return lines;
    }

    private static List<List<String>> summary(List<ScenarioResult> results) {
        return results.stream()
                .map(result -> List.of(
                        result.scenario().title(),
                        result.passed() ? result.scenario().mustFail() ? "failed as it must" : "passed" : "FAILED",
                        Long.toString(result.requests()),
                        Long.toString(result.rows()),
                        number(result.worstLatency()),
                        number(result.worstLockWait()),
                        number(result.worstLockWaitAtMost()),
                        number(result.blindMillis()),
                        result.findings().summary()))
                .toList();
    }

    /** What was found, and whether that is as it must be. */
    private static String verdict(ScenarioResult result) {
        StringBuilder text = new StringBuilder();
        for (Check check : Check.values()) {
            int count = result.findings().count(check);
            if (count > 0) {
                text.append(count).append(' ').append(check.title()).append(", such as\n");
                result.findings()
                        .examples(check)
                        .forEach(example -> text.append("  ")
                                .append(example.replace('\n', ' '))
                                .append('\n'));
            }
        }
        text.append(result.scenario().title()).append(": ");
        if (result.scenario().mustFail()) {
            text.append(result.passed() ? "failed, as it must: " : "did not fail, although it must: ");
        } else {
            text.append(result.passed() ? "passed: " : "FAILED: ");
        }
        return text.append(result.findings().summary())
                .append(" found in ")
                .append(result.requests())
                .append(" requests and ")
                .append(result.rows())
                .append(" rows compared at the end\n")
                .toString();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
