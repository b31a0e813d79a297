package dev.athanor.benchmark.result;

/**
 * A goal, and whether it was reached.
 *
 * @param name what is measured
 * @param goal in words
 * @param measured in words; empty when it was not
 * @param outcome whether it was reached
 */
public record Target(String name, String goal, String measured, Outcome outcome) {
    /** How it stands. */
    public enum Outcome {
        /** Reached. */
        MET,
        /** Measured, and not reached. */
        MISSED,
        /** This run has not measured it. */
        NOT_MEASURED
    }
}
