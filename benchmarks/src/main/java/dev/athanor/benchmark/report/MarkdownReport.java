package dev.athanor.benchmark.report;

import dev.athanor.benchmark.result.DrillResult;
import dev.athanor.benchmark.result.Noise.Verdict;
import dev.athanor.benchmark.result.Results;
import dev.athanor.benchmark.result.Target;
import dev.athanor.benchmark.result.Targets;
import dev.athanor.benchmark.result.VolumeResult;
import dev.athanor.benchmark.server.MachineFacts;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Results for people. */
final class MarkdownReport {
    private final Results results;
    private final List<Plot> plots;
    private final StringBuilder text = new StringBuilder();

    MarkdownReport(Results results, List<Plot> plots) {
        this.results = results;
        this.plots = plots;
    }

    /** What matters most. */
    String summary() {
        text.setLength(0);
        targets();
        noise();
        failures();
        return text.toString();
    }

    /** Everything. */
    String whole() {
        text.setLength(0);
        line("# Results");
        line("");
        conditions();
        line("");
        line("## Targets");
        line("");
        targets();
        noise();
        failures();
        for (VolumeResult volume : results.volumes()) {
            volume(volume);
        }
        plots.forEach(plot -> line("\n![%s](%s)", plot.title(), plot.file()));
        return text.toString();
    }

    private void conditions() {
        MachineFacts machine = results.machine();
        line("%s, %s. Read ratios, not seconds.", results.started(), rounds());
        line("");
        line(
                "- machine: %s, %d cores, %,d MB of memory, %s, Java %s",
                machine.processor(), machine.cores(), machine.memoryMegabytes(), machine.system(), machine.java());
        line(
                "- server: PostgreSQL %s, %s: %s",
                results.server().version(),
                results.server().embedded() ? "embedded, on the same machine" : "given",
                pairs(results.server().settings()));
        line("- libraries: %s", pairs(results.versions()));
        line("- JVM of each subject: `%s`", String.join(" ", results.jvm()));
        if (!results.server().isDurable()) {
            line(
                    "- **This server does not keep what it commits: its figures cannot be compared with those of one that does.**");
        }
    }

    private String rounds() {
        return results.repeats() == 1 ? "one round, without a warm-up" : results.repeats() + " rounds after a warm-up";
    }

    private void targets() {
        line("| target | goal | measured | met |");
        line("|---|---|---|---|");
        for (Target target : Targets.of(results)) {
            line(
                    "| %s | %s | %s | %s |",
                    target.name(),
                    target.goal().isEmpty() ? "–" : target.goal(),
                    target.measured().isEmpty() ? "–" : target.measured(),
                    switch (target.outcome()) {
                        case MET -> "yes";
                        case MISSED -> "**no**";
                        case TOO_NOISY -> "too noisy to tell";
                        case NO_GOAL -> "–";
                        case NOT_MEASURED -> "not measured in this run";
                    });
        }
        line("");
    }

    private void noise() {
        for (VolumeResult volume : results.volumes()) {
            if (volume.noise().verdict() == Verdict.TOO_NOISY) {
                line("**This machine was too noisy to tell small differences at %,d rows.**", volume.rows());
                line("");
            }
            volume.noise().words().forEach(word -> line("- %,d rows: %s", volume.rows(), word));
        }
        line("");
    }

    private void failures() {
        results.failures().forEach(failure -> line("- **failed:** %s", cell(failure)));
    }

    private void volume(VolumeResult volume) {
        line("");
        line("## %,d rows, %,d MB", volume.rows(), volume.tableBytes() >> 20);
        if (!volume.subjects().isEmpty()) {
            line("");
            text.append(SubjectTable.of(volume));
        }
        if (!volume.drills().isEmpty()) {
            line("");
            line("| | | median | lowest to highest |");
            line("|---|---|---|---|");
            volume.drills().forEach(this::drill);
        }
    }

    private void drill(DrillResult drill) {
        if (drill.failure() != null) {
            line("| %s | failed: %s | | |", drill.title(), cell(drill.failure()));
        } else if (drill.leftOut() != null) {
            line("| %s | left out: %s | | |", drill.title(), cell(drill.leftOut()));
        }
        drill.figures()
                .forEach(figure -> line(
                        "| %s | %s | %,.2f %s | %s |",
                        drill.title(),
                        figure.name(),
                        figure.median(),
                        figure.unit(),
                        SubjectTable.range(figure.values(), "%,.2f")));
    }

    /** Text of any kind on one line, without an end of its cell. */
    private static String cell(String any) {
        return any.strip().replaceAll("\\s*\\R\\s*", " ").replace("|", "\\|");
    }

    private static String pairs(Map<String, String> map) {
        return map.entrySet().stream()
                .map(pair -> pair.getKey() + " " + pair.getValue())
                .collect(Collectors.joining(", "));
    }

    private void line(String form, Object... values) {
        text.append(values.length == 0 ? form : String.format(Locale.ROOT, form, values))
                .append('\n');
    }
}
