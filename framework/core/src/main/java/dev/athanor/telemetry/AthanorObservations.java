package dev.athanor.telemetry;

import dev.athanor.run.MigrationRunner;
import dev.athanor.run.RunListener;
import io.micrometer.observation.ObservationRegistry;

/** Runs as observations. */
public final class AthanorObservations {
    private AthanorObservations() {}

    /**
     * Gives a runner all observations: ours, see {@link Observations}, and within them Spring Batch's of the launch, the job
     * and its steps.
     *
     * @return the builder
     */
    public static MigrationRunner.Builder on(MigrationRunner.Builder builder, ObservationRegistry registry) {
        return builder.listener(listener(registry)).observations(registry);
    }

    /** A listener that makes {@link Observations}; one for each runner. */
    public static RunListener listener(ObservationRegistry registry) {
        return new ObservationListener(registry);
    }
}
