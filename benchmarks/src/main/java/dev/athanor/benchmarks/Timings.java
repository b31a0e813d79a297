package dev.athanor.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The measured rounds of one contender, in rows a second. */
final class Timings {
    private final String name;
    private final long rows;
    private final List<Double> rates = new ArrayList<>();

    Timings(String name, long rows) {
        this.name = name;
        this.rows = rows;
    }

    /** Adds a round; the line that tells of it. */
    String add(Duration elapsed) {
        double seconds = elapsed.toNanos() / 1e9;
        double rate = rows / seconds;
        rates.add(rate);
        return "%-22s %7.2f s  %,10.0f rows/s".formatted(name, seconds, rate);
    }

    /** The median with the spread around it. */
    String summary() {
        return "%-22s median %,10.0f rows/s  (%,.0f to %,.0f)"
                .formatted(name, median(rates), lowest(rates), highest(rates));
    }

    /** Ratio of the medians, and the ratios of the single rounds; above 1 is faster than the reference. */
    String comparedTo(Timings reference) {
        List<Double> ratios = IntStream.range(0, rates.size())
                .mapToObj(round -> rates.get(round) / reference.rates.get(round))
                .toList();
        return "%-22s %.2f times the rate of %s  (rounds: median %.2f, %.2f to %.2f)"
                .formatted(
                        name,
                        median(rates) / median(reference.rates),
                        reference.name,
                        median(ratios),
                        lowest(ratios),
                        highest(ratios));
    }

    private static double median(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static double lowest(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    private static double highest(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }
}
