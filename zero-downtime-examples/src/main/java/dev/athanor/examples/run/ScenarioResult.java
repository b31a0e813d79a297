package dev.athanor.examples.run;

import dev.athanor.examples.application.Findings;
import dev.athanor.examples.scenario.Scenario;
import java.util.List;

/**
 * What a run of a scenario has shown.
 *
 * @param rows that were compared at the end
 * @param stages a row of the table for each stage and version
 * @param blindMillis the longest time between two looks at the locks
 * @param chart as SVG
 */
public record ScenarioResult(
        Scenario scenario, Findings findings, long rows, List<StageLatency> stages, double blindMillis, String chart) {

    /** Whether the checks held, or failed where they must. */
    public boolean passed() {
        return findings.none() != scenario.mustFail();
    }

    /** The longest time in milliseconds that a statement was seen waiting for locks. */
    public double worstLockWait() {
        return stages.stream().mapToDouble(StageLatency::lockWaitMillis).max().orElse(0);
    }

    /** What it may have been, since nobody looks between two looks. */
    public double worstLockWaitAtMost() {
        return stages.stream()
                .mapToDouble(StageLatency::lockWaitAtMostMillis)
                .max()
                .orElse(0);
    }

    /** The longest latency in milliseconds. */
    public double worstLatency() {
        return stages.stream().mapToDouble(StageLatency::maxMillis).max().orElse(0);
    }

    /** Requests of both instances. */
    public long requests() {
        return stages.stream().mapToLong(StageLatency::requests).sum();
    }

    /**
     * What one version felt in a stage.
     *
     * @param seconds length of the stage
     * @param requests that were due in it
     * @param lockWaitMillis longest time that a statement of any version was seen waiting for locks, ending in this stage
     * @param lockWaitAtMostMillis what it may have been, since nobody looks between two looks
     */
    public record StageLatency(
            Stage stage,
            String version,
            double seconds,
            long requests,
            double p50Millis,
            double p99Millis,
            double maxMillis,
            double lockWaitMillis,
            double lockWaitAtMostMillis) {}
}
