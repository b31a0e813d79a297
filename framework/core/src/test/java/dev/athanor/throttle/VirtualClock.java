package dev.athanor.throttle;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import reactor.core.scheduler.Scheduler;

/** The time of a scheduler, which may be a virtual one. */
final class VirtualClock extends Clock {
    private final Scheduler scheduler;
    private final Instant start;

    VirtualClock(Scheduler scheduler) {
        this(scheduler, Instant.EPOCH);
    }

    VirtualClock(Scheduler scheduler, Instant start) {
        this.scheduler = scheduler;
        this.start = start;
    }

    @Override
    public Instant instant() {
        return start.plusMillis(scheduler.now(TimeUnit.MILLISECONDS));
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
