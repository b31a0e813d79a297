package dev.athanor.testkit;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import reactor.core.scheduler.Scheduler;

/**
 * A clock that shows the time of a Reactor scheduler, so that a test which moves Reactor's {@code VirtualTimeScheduler}
 * moves both at once:
 *
 * <pre>{@code
 * VirtualTimeScheduler time = VirtualTimeScheduler.create();
 * Clock clock = SchedulerClock.of(time, Instant.parse("2026-01-01T00:00:00Z"));
 * time.advanceTimeBy(Duration.ofMinutes(5));
 * }</pre>
 *
 * Where nothing is scheduled, {@link MutableClock} is simpler. Safe for use by several threads.
 */
public final class SchedulerClock extends Clock {
    private final Scheduler scheduler;
    private final Instant start;
    private final long origin;
    private final ZoneId zone;

    private SchedulerClock(Scheduler scheduler, Instant start, long origin, ZoneId zone) {
        this.scheduler = scheduler;
        this.start = start;
        this.origin = origin;
        this.zone = zone;
    }

    /** A clock in UTC that shows {@code start} now, and goes as the scheduler does. */
    public static SchedulerClock of(Scheduler scheduler, Instant start) {
        return new SchedulerClock(scheduler, start, scheduler.now(TimeUnit.NANOSECONDS), ZoneOffset.UTC);
    }

    @Override
    public Instant instant() {
        return start.plusNanos(scheduler.now(TimeUnit.NANOSECONDS) - origin);
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    /** The same time in another zone. */
    @Override
    public Clock withZone(ZoneId other) {
        return new SchedulerClock(scheduler, start, origin, other);
    }
}
