package dev.athanor.benchmark.result;

/**
 * A goal, and whether it was reached; or a figure to be seen beside the goals.
 *
 * @param name what is measured
 * @param goal in words; empty for a figure without one
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
        /** Measured by a machine that was so noisy that the same run might as well have shown the opposite. */
        TOO_NOISY,
        /** Measured; there is no goal. */
        NO_GOAL,
        /** This run has not measured it. */
        NOT_MEASURED
    }
}
