package dev.athanor.benchmark.drill;

import java.util.List;

/** All drills, in the order in which they are run. A new one is a line here. */
public final class Drills {
    /** All of them. */
    public static final List<Drill> ALL = List.of(
            new CliStart(),
            new PlanManyRevisions(),
            new JobsUpgrade(),
            new KillRecovery(),
            new Foreground(),
            new MicroBenchmarks());

    private Drills() {}
}
