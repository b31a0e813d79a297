package dev.athanor.jobs.supportdesk;

/**
 * Ranks with a heavy head, as customers and agents have it: the share of rank {@code r} falls as
 * {@code 1 / (flatness + r)} (the Zipf-Mandelbrot law with exponent 1, drawn by inverting its distribution).
 */
final class Zipf {
    private final double flatness;
    private final double logOfRatio;
    private final int size;

    /**
     * @param size ranks run from 0 to one less
     * @param flatness the higher, the smaller the share of the first ranks
     */
    Zipf(int size, double flatness) {
        this.size = size;
        this.flatness = flatness;
        this.logOfRatio = StrictMath.log((size + flatness) / flatness);
    }

    int rank(Dice dice) {
        double rank = flatness * StrictMath.exp(dice.fraction() * logOfRatio) - flatness;
        return Math.min(size - 1, (int) rank);
    }
}
