package dev.athanor.benchmark.result;

import java.util.List;

/** What is said of a few readings of the same thing. All take at least one reading. */
public final class Statistics {
    private Statistics() {}

    /** The middle one, or the mean of the two in the middle. */
    public static double median(List<Double> values) {
        double[] sorted = sorted(values);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** The lowest. */
    public static double lowest(List<Double> values) {
        return sorted(values)[0];
    }

    /** The highest. */
    public static double highest(List<Double> values) {
        double[] sorted = sorted(values);
        return sorted[sorted.length - 1];
    }

    /**
     * From the lower to the upper quartile, as a share of the median; 0 when all are alike, or when there is but one. Quartiles are interpolated
     * between ranks of n + 1 (Weibull; definition 6 of Hyndman and Fan): of up to three readings they are the lowest and the highest, and of many
     * they do not move apart because there are more, as the lowest and the highest do.
     */
    public static double spread(List<Double> values) {
        double median = median(values);
        double[] sorted = sorted(values);
        return median == 0 ? 0 : (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / median;
    }

    /**
     * The value that the given share of all does not exceed: the nearest rank.
     *
     * @param share from above 0 to 1
     */
    public static double percentile(List<Double> values, double share) {
        double[] sorted = sorted(values);
        int rank = (int) Math.ceil(share * sorted.length);
        return sorted[Math.max(0, rank - 1)];
    }

    private static double quantile(double[] sorted, double share) {
        double rank = Math.min(Math.max(share * (sorted.length + 1), 1), sorted.length);
        int below = (int) rank;
        double above = sorted[Math.min(below, sorted.length - 1)];
        return sorted[below - 1] + (rank - below) * (above - sorted[below - 1]);
    }

    private static double[] sorted(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("nothing was read");
        }
        return values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }
}
