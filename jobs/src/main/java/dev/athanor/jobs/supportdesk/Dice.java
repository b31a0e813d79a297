package dev.athanor.jobs.supportdesk;

/**
 * Seeded random numbers that are the same on every JDK: SplitMix64 (Steele, Lea and Flood, 2014) and strict
 * arithmetic. Not thread-safe.
 */
final class Dice {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    /** @param purpose makes a stream of its own from the same seed */
    Dice(long seed, String purpose) {
        this.state = mix(seed * GOLDEN_GAMMA + purpose.hashCode());
    }

    long next() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /** From 0 (inclusive) to 1 (exclusive). */
    double fraction() {
        return (next() >>> 11) * 0x1.0p-53;
    }

    /** From 0 (inclusive) to the bound (exclusive). */
    int below(int bound) {
        return (int) (fraction() * bound);
    }

    boolean chance(double probability) {
        return fraction() < probability;
    }

    /** About normal with mean 0 and deviation 1: the sum of twelve fractions, which ends at six deviations. */
    double normal() {
        double sum = -6;
        for (int i = 0; i < 12; i++) {
            sum += fraction();
        }
        return sum;
    }

    /** Log-normal: half of the values are below the median, a few are far above. */
    double logNormal(double median, double deviation) {
        return median * StrictMath.exp(deviation * normal());
    }

    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
