package dev.athanor.benchmark.result;

import dev.athanor.benchmark.result.Target.Outcome;
import dev.athanor.benchmark.subject.Subjects;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The goals of the project, held against a run. */
public final class Targets {
    private static final long MILLION = 1_000_000;
    private static final long MEGABYTE = 1L << 20;
    /** The heap that a backfill of any size must do with. */
    private static final long HEAP_BYTES = 256 * MEGABYTE;

    private final Results results;
    private final List<Target> found = new ArrayList<>();

    private Targets(Results results) {
        this.results = results;
    }

    /** All goals, in a fixed order, measured or not. */
    public static List<Target> of(Results results) {
        Targets targets = new Targets(results);
        targets.collect();
        return List.copyOf(targets.found);
    }

    private void collect() {
        upgrade(10_000, 5);
        upgrade(100_000, 10);
        atLeast("backfill, 1,000,000 rows, against one UPDATE", 1.25, ratio(MILLION, Subjects.BACKFILL));
        atLeast("chunk engine alone, 1,000,000 rows, against one UPDATE", 1.25, ratio(MILLION, "engine"));
        atLeast(
                "backfill at 10,000,000 rows against our own rate at 1,000,000",
                0.9,
                quotient(rate(10 * MILLION, Subjects.BACKFILL), rate(MILLION, Subjects.BACKFILL)));
        atLeast(
                "chunks of 1,000 rows against our best size, 2 workers, 1,000,000 rows",
                0.9,
                quotient(rate(MILLION, Subjects.gridId(1_000, 2)), best(MILLION)));
        atLeast("transform in the JVM, 1,000,000 rows, against one UPDATE", 1.0, ratio(MILLION, Subjects.TRANSFORM));
        atLeast(
                "backfill against the best form of plain Spring Batch, 1,000,000 rows",
                2.0,
                quotient(rate(MILLION, Subjects.BACKFILL), springBatch()));
        foreground();
        heap();
    }

    private void upgrade(long rows, double seconds) {
        Optional<Double> measured = results.volume(rows)
                .flatMap(volume -> volume.drill("jobs-upgrade"))
                .flatMap(drill -> drill.figure("whole upgrade"))
                .map(Figure::median);
        add(
                String.format(
                        Locale.ROOT, "whole upgrade of the support desk, %,d tickets, the JVM's start included", rows),
                String.format(Locale.ROOT, "under %.0f s", seconds),
                measured.map(value -> String.format(Locale.ROOT, "%.1f s", value)),
                measured.map(value -> value < seconds));
    }

    private void atLeast(String name, double goal, Optional<Double> measured) {
        add(
                name,
                String.format(Locale.ROOT, "≥ %.2f", goal),
                measured.map(value -> String.format(Locale.ROOT, "%.2f", value)),
                measured.map(value -> value >= goal));
    }

    private void foreground() {
        Optional<DrillResult> drill = largest().flatMap(volume -> volume.drill("foreground"));
        Optional<Double> ratio = drill.flatMap(
                found -> found.figure("p99 held back, against alone").map(Figure::median));
        double errors = drill.flatMap(found -> found.figure("errors held back"))
                .map(Figure::median)
                .orElse(0.0);
        add(
                "application's p99 beside a backfill that is held back, against alone",
                "≤ 1.50, no error",
                ratio.map(value -> String.format(Locale.ROOT, "%.2f, %.0f errors", value, errors)),
                ratio.map(value -> value <= 1.5 && errors == 0));
    }

    private void heap() {
        Optional<Double> peak = results.volumes().stream()
                .flatMap(volume -> volume.subjects().stream())
                .filter(subject -> subject.kind().equals("case"))
                .map(subject -> subject.highest(Round::peakHeapBytes))
                .filter(Objects::nonNull)
                .max(Double::compare);
        add(
                "heap in use of any case of ours, at any volume",
                "≤ 256 MB",
                peak.map(value -> String.format(Locale.ROOT, "%.0f MB", value / MEGABYTE)),
                peak.map(value -> value <= HEAP_BYTES));
    }

    private void add(String name, String goal, Optional<String> measured, Optional<Boolean> met) {
        Outcome outcome =
                met.map(reached -> reached ? Outcome.MET : Outcome.MISSED).orElse(Outcome.NOT_MEASURED);
        found.add(new Target(name, goal, measured.orElse(""), outcome));
    }

    private Optional<VolumeResult> largest() {
        return results.volumes().stream()
                .filter(volume -> volume.drill("foreground").isPresent())
                .max(java.util.Comparator.comparingLong(VolumeResult::rows));
    }

    private Optional<Double> ratio(long rows, String id) {
        return results.volume(rows).flatMap(volume -> volume.subject(id)).map(SubjectResult::ratio);
    }

    private Optional<Double> rate(long rows, String id) {
        return results.volume(rows).flatMap(volume -> volume.subject(id)).map(SubjectResult::rate);
    }

    private Optional<Double> best(long rows) {
        return Subjects.gridSizes().stream()
                .map(size -> rate(rows, Subjects.gridId(size, 2)))
                .flatMap(Optional::stream)
                .max(Double::compare);
    }

    private Optional<Double> springBatch() {
        return Stream.of("spring-batch", "spring-batch-tuned")
                .map(id -> rate(MILLION, id))
                .flatMap(Optional::stream)
                .max(Double::compare);
    }

    private static Optional<Double> quotient(Optional<Double> above, Optional<Double> below) {
        return above.flatMap(value -> below.map(by -> value / by));
    }
}
