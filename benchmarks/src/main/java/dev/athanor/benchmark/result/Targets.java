package dev.athanor.benchmark.result;

import dev.athanor.benchmark.result.Target.Outcome;
import dev.athanor.benchmark.subject.Subjects;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.DoublePredicate;

/** The goals of the project, held against a run. */
public final class Targets {
    private static final long MILLION = 1_000_000;
    private static final long MEGABYTE = 1L << 20;
    /** The heap that a backfill of any size must do with. */
    private static final long HEAP_BYTES = 256 * MEGABYTE;
    /** How many times its latency alone an application may see at the 99th percentile. */
    private static final double FOREGROUND = 1.5;
    /** No application is that much quicker beside a backfill than alone; where one seems to be, others had the machine. */
    private static final double IMPLAUSIBLE = 0.8;

    private final Results results;
    private final Readings readings;
    private final List<Target> found = new ArrayList<>();

    private Targets(Results results) {
        this.results = results;
        this.readings = new Readings(results);
    }

    /** All goals, and the figures that belong beside them, in a fixed order, measured or not. */
    public static List<Target> of(Results results) {
        Targets targets = new Targets(results);
        targets.collect();
        return List.copyOf(targets.found);
    }

    private void collect() {
        upgrade(10_000, 5);
        upgrade(100_000, 10);
        atLeast("backfill, 1,000,000 rows, against one UPDATE", 1.25, readings.ratio(MILLION, Subjects.BACKFILL));
        figure(
                "chunk engine without a run around it, 1,000,000 rows, against one UPDATE",
                readings.ratio(MILLION, "engine"));
        Optional<Reading> rate = readings.rate(MILLION, Subjects.BACKFILL);
        atLeast(
                "backfill at 10,000,000 rows against our own rate at 1,000,000",
                0.9,
                readings.rate(10 * MILLION, Subjects.BACKFILL).flatMap(large -> rate.map(large::by)));
        atLeast(
                "chunks of 1,000 rows against our best size, fixed or adaptive, 2 workers, 1,000,000 rows",
                0.9,
                readings.rate(MILLION, Subjects.gridId(1_000, 2))
                        .flatMap(small -> readings.bestSizeBut(1_000, MILLION).map(small::by)));
        atLeast(
                "transform in the JVM, 1,000,000 rows, against one UPDATE",
                1.0,
                readings.ratio(MILLION, Subjects.TRANSFORM));
        springBatch(rate);
        foreground();
        heap();
    }

    private void springBatch(Optional<Reading> rate) {
        atLeast(
                "backfill (SQL in the server) against plain Spring Batch at its best (rows through the JVM), 1,000,000 rows",
                2.0,
                rate.flatMap(ours -> readings.bestSpringBatch(MILLION).map(ours::by)));
        figure(
                "transform against spring-batch-tuned, both with rows through the JVM, 1,000,000 rows",
                readings.quotient(MILLION, Subjects.TRANSFORM, "spring-batch-tuned"));
        figure(
                "transform against spring-batch-arrays (a writer of one's own), both with rows through the JVM, 1,000,000 rows",
                readings.quotient(MILLION, Subjects.TRANSFORM, "spring-batch-arrays"));
        figure(
                "backfill (SQL in the server) against spring-batch-arrays (rows through the JVM), 1,000,000 rows",
                readings.quotient(MILLION, Subjects.BACKFILL, "spring-batch-arrays"));
    }

    private void upgrade(long rows, double seconds) {
        Optional<Reading> measured = results.volume(rows)
                .flatMap(volume -> volume.drill("jobs-upgrade")
                        .flatMap(drill -> drill.figure("whole upgrade"))
                        .map(figure -> Reading.of(figure.values(), Readings.isNoisy(volume))));
        add(
                String.format(
                        Locale.ROOT, "whole upgrade of the support desk, %,d tickets, the JVM's start included", rows),
                String.format(Locale.ROOT, "under %.0f s", seconds),
                measured.map(reading -> String.format(Locale.ROOT, "%.1f s", reading.value())),
                measured.map(reading -> outcome(reading, seconds, value -> value < seconds)));
    }

    private void foreground() {
        Optional<VolumeResult> volume = readings.largest(
                each -> each.rows() >= MILLION && each.drill("foreground").isPresent());
        Optional<DrillResult> drill = volume.flatMap(each -> each.drill("foreground"));
        boolean noisy = volume.filter(Readings::isNoisy).isPresent();
        Optional<Reading> ratio = drill.flatMap(each -> each.figure("p99 held back, against alone"))
                .map(figure -> Reading.of(figure.values(), noisy));
        double errors = drill.flatMap(each -> each.figure("errors held back"))
                .map(Figure::sum)
                .orElse(0.0);
        // A backfill that does nothing disturbs nobody.
        double filled = drill.flatMap(each -> each.figure("rows filled, held back"))
                .map(figure -> Statistics.lowest(figure.values()))
                .orElse(0.0);
        String options =
                readings.argument("-D" + Subjects.HELD_BACK_PROPERTY + "=").orElse(Subjects.HELD_BACK_OPTIONS);
        add(
                "application's p99 beside a backfill that is held back (" + options + "), against alone, "
                        + rows(volume),
                String.format(Locale.ROOT, "≤ %.2f, no error, and rows are filled", FOREGROUND),
                ratio.map(reading -> String.format(
                        Locale.ROOT, "%.2f, errors: %.0f, at least %,.0f rows/s", reading.value(), errors, filled)),
                ratio.map(reading -> errors > 0 || filled == 0 ? Outcome.MISSED : beside(reading)));
    }

    private static Outcome beside(Reading ratio) {
        return ratio.value() < IMPLAUSIBLE
                ? Outcome.TOO_NOISY
                : outcome(ratio, FOREGROUND, value -> value <= FOREGROUND);
    }

    private void heap() {
        List<SubjectResult> cases = results.volumes().stream()
                .filter(volume -> volume.rows() >= MILLION)
                .flatMap(volume -> volume.cases().stream())
                .toList();
        // One that ran out of memory is not in the maximum, and must not make it look better.
        long failed =
                cases.stream().filter(subject -> subject.failure() != null).count();
        double peak = cases.stream()
                .map(subject -> subject.highest(Round::peakHeapBytes))
                .filter(Objects::nonNull)
                .max(Double::compare)
                .orElse(0.0);
        Optional<Boolean> met = Optional.of(failed == 0 && peak <= HEAP_BYTES).filter(any -> !cases.isEmpty());
        add(
                String.format(
                        "heap in use of any case of ours, JVM with %s, %s",
                        readings.argument("-Xmx").map(limit -> "-Xmx" + limit).orElse("no limit"),
                        rows(readings.largest(volume -> !volume.cases().isEmpty()))),
                "≤ 256 MB, none failed",
                met.map(any -> String.format(Locale.ROOT, "%.0f MB, failed: %d", peak / MEGABYTE, failed)),
                met.map(reached -> reached ? Outcome.MET : Outcome.MISSED));
    }

    private void atLeast(String name, double goal, Optional<Reading> measured) {
        add(
                name,
                String.format(Locale.ROOT, "≥ %.2f", goal),
                measured.map(Targets::words),
                measured.map(reading -> outcome(reading, goal, value -> value >= goal)));
    }

    private void figure(String name, Optional<Reading> measured) {
        add(name, "", measured.map(Targets::words), measured.map(reading -> Outcome.NO_GOAL));
    }

    private void add(String name, String goal, Optional<String> measured, Optional<Outcome> outcome) {
        found.add(new Target(name, goal, measured.orElse(""), outcome.orElse(Outcome.NOT_MEASURED)));
    }

    private static Outcome outcome(Reading reading, double goal, DoublePredicate reached) {
        if (reading.leavesOpen(goal)) {
            return Outcome.TOO_NOISY;
        }
        return reached.test(reading.value()) ? Outcome.MET : Outcome.MISSED;
    }

    private static String words(Reading reading) {
        return String.format(Locale.ROOT, "%.2f", reading.value());
    }

    /** Below a million rows it is over before anything shows. */
    private static String rows(Optional<VolumeResult> volume) {
        return volume.map(VolumeResult::rows)
                .filter(rows -> rows >= MILLION)
                .map(rows -> String.format(Locale.ROOT, "%,d rows", rows))
                .orElse("1,000,000 rows or more");
    }
}
