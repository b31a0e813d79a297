package dev.athanor.benchmark.report;

import dev.athanor.benchmark.result.Round;
import dev.athanor.benchmark.result.Statistics;
import dev.athanor.benchmark.result.SubjectResult;
import dev.athanor.benchmark.result.VolumeResult;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The table of a volume: one line for each subject. */
final class SubjectTable {
    private static final double MEGABYTE = 1L << 20;

    private SubjectTable() {}

    static String of(VolumeResult volume) {
        StringBuilder text = new StringBuilder();
        text.append("| | | rounds | s | rows/s | spread | ratio | lowest to highest | WAL MB | growth MB | HOT %")
                .append(" | CPU s | heap MB | rows missed |\n");
        text.append("|---|---|--:|--:|--:|--:|--:|---|--:|--:|--:|--:|--:|--:|\n");
        for (SubjectResult subject : volume.subjects()) {
            text.append(subject.measured() ? line(subject) : failed(subject)).append('\n');
        }
        text.append(NOTE);
        volume.subjects().forEach(subject -> text.append(checkpoints(subject)));
        return text.toString();
    }

    private static String checkpoints(SubjectResult subject) {
        int begun = subject.rounds().stream().mapToInt(Round::checkpoints).sum();
        return begun == 0
                ? ""
                : "\nCheckpoints that began while `" + subject.id() + "` was measured, in all rounds: " + begun + ".\n";
    }

    private static final String NOTE = """

            Medians over the rounds. *Ratio*: rows a second against the one statement of the same scene, measured shortly before in the same round; above 1
            is faster. *Spread*: interquartile range of the rates (of up to three: highest minus lowest), as a share of the median. *CPU*: of the JVM, not of the server. *Heap*: the most in use behind any
            garbage collection.
            """;

    private static String line(SubjectResult subject) {
        return String.format(
                Locale.ROOT,
                "| `%s` | %s | %d | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |",
                subject.id(),
                subject.title() + (subject.failure() == null ? "" : ": **failed in a later round**"),
                subject.rounds().size(),
                number("%,.2f", subject.median(Round::seconds)),
                number("%,.0f", subject.rate()),
                subject.rounds().size() < 2 ? "" : percent(subject.spread()),
                number("%.2f", subject.ratio()),
                subject.ratios().size() < 2 ? "" : range(subject.ratios(), "%.2f"),
                number("%,.1f", megabytes(subject.median(Round::walBytes))),
                number("%,.1f", megabytes(subject.median(Round::growthBytes))),
                hot(subject.median(Round::hotPercent)),
                number("%.2f", subject.median(Round::cpuSeconds)),
                number("%.0f", megabytes(subject.highest(Round::peakHeapBytes))),
                number("%,.0f", subject.highest(Round::missedRows)));
    }

    private static String failed(SubjectResult subject) {
        return "| `" + subject.id() + "` | " + subject.title() + ": **failed** | 0 | | | | | | | | | | | |";
    }

    /** The lowest and the highest of some values. */
    static String range(List<Double> values, String form) {
        return String.format(Locale.ROOT, form + " to " + form, Statistics.lowest(values), Statistics.highest(values));
    }

    private static String number(String form, @Nullable Double value) {
        return value == null ? "" : String.format(Locale.ROOT, form, value);
    }

    private static String percent(@Nullable Double share) {
        return share == null ? "" : String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }

    private static String hot(@Nullable Double percent) {
        return percent == null || percent < 0 ? "" : String.format(Locale.ROOT, "%.0f", percent);
    }

    private static @Nullable Double megabytes(@Nullable Double bytes) {
        return bytes == null ? null : bytes / MEGABYTE;
    }
}
