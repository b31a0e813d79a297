package dev.athanor.telemetry;

import dev.athanor.run.RunListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/** Runs as meters. */
public final class AthanorMeters {
    private AthanorMeters() {}

    /**
     * A listener that keeps {@link Meters} up to date; one for each runner.
     *
     * @param registry where they are kept
     */
    public static RunListener listener(MeterRegistry registry) {
        return listener(registry, Tags.empty());
    }

    /**
     * The same with tags on every meter. Where one process migrates several databases at once, such a tag must tell them
     * apart: of two backfills with the same tags, the gauges follow the one that began last.
     *
     * @param registry where they are kept
     * @param tags such as {@code database=berlin}; the same keys for every listener of a registry, as Prometheus wants it
     */
    public static RunListener listener(MeterRegistry registry, Tags tags) {
        return new MeterListener(new MeterShelf(registry, tags));
    }
}
