package dev.athanor.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes meters as the enum describes them. */
final class MeterShelf {
    /** Bounds of the histogram of timers: round the target of a chunk (250 ms), up to the timeouts of half a minute. */
    private static final Duration[] BOUNDS = Stream.of(10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final Tags common;

    MeterShelf(MeterRegistry registry, Tags common) {
        this.registry = registry;
        this.common = common;
    }

    /** Nanoseconds of the registry's own clock. */
    long now() {
        return registry.config().clock().monotonicTime();
    }

    Counter counter(Meters meter, Tags tags) {
        return Counter.builder(meter.meter())
                .baseUnit(unit(meter))
                .description(meter.tells())
                .tags(common.and(tags))
                .register(registry);
    }

    Timer timer(Meters meter, Tags tags) {
        return Timer.builder(meter.meter())
                .serviceLevelObjectives(BOUNDS)
                .description(meter.tells())
                .tags(common.and(tags))
                .register(registry);
    }

    /** A gauge in the place of one that an earlier run with the same tags may have left. */
    Gauge gauge(Meters meter, Tags tags, Supplier<Number> value) {
        Tags all = common.and(tags);
        registry.removeByPreFilterId(new Meter.Id(meter.meter(), all, unit(meter), meter.tells(), Meter.Type.GAUGE));
        return Gauge.builder(meter.meter(), value)
                .baseUnit(unit(meter))
                .description(meter.tells())
                .tags(all)
                .register(registry);
    }

    void remove(Meter meter) {
        registry.remove(meter);
    }

    private static @Nullable String unit(Meters meter) {
        return meter.unit().isEmpty() ? null : meter.unit();
    }
}
