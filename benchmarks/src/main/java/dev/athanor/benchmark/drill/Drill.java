package dev.athanor.benchmark.drill;

import dev.athanor.benchmark.result.DrillResult;

/** One thing that is measured by the clock. */
public sealed interface Drill
        permits CliStart, Foreground, JobsUpgrade, KillRecovery, MicroBenchmarks, PlanManyRevisions {

    /** Unique, for the command line and the results. */
    String id();

    /** For people. */
    String title();

    /** Whether it is run unless others are named. */
    default boolean isUsual() {
        return true;
    }

    /**
     * Runs it.
     *
     * @throws Exception what made it fail; the run goes on with what comes next
     */
    DrillResult run(DrillContext context) throws Exception;
}
