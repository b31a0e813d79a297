package dev.athanor.examples.run;

import dev.athanor.examples.application.Findings;
import dev.athanor.examples.scenario.Scenario;
import java.util.List;

/**
 * What a run of a scenario has shown.
 *
 * @param rows that were compared at the end
 * @param stages a row of the table for each stage and version
 * @param chart as SVG
 */
public record ScenarioResult(Scenario scenario, Findings findings, long rows, List<StageLatency> stages, String chart) {

    /** Whether the checks held, or failed where they must. */
    public boolean passed() {
        return findings.none() != scenario.mustFail();
    }

    /** The longest wait for a lock in milliseconds. */
    public double worstLockWait() {
        return stages.stream().mapToDouble(StageLatency::lockWaitMillis).max().orElse(0);
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
     * @param lockWaitMillis longest wait for a lock of any version in this stage
     */
    public record StageLatency(
            Stage stage,
            String version,
            double seconds,
            long requests,
            double p50Millis,
            double p99Millis,
            double maxMillis,
            double lockWaitMillis) {}
}
