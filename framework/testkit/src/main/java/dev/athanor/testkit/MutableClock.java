package dev.athanor.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * A clock that stands still until a test moves it. With Reactor's virtual time take {@link SchedulerClock}. Safe for use by
 * several threads.
 */
public final class MutableClock extends Clock {
    private final Time now;
    private final ZoneId zone;

    private MutableClock(Time now, ZoneId zone) {
        this.now = now;
        this.zone = zone;
    }

    /** A clock in UTC that shows {@code start}. */
    public static MutableClock at(Instant start) {
        return new MutableClock(new Time(start), ZoneOffset.UTC);
    }

    /** A clock in UTC that shows an ISO instant such as {@code 2026-01-01T00:00:00Z}. */
    public static MutableClock at(String start) {
        return at(Instant.parse(start));
    }

    /** Moves it forward, or back when negative. */
    public void advance(Duration by) {
        now.advance(by);
    }

    /** Sets it. */
    public void set(Instant instant) {
        now.set(instant);
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    /** The same time in another zone: moving one moves both. */
    @Override
    public Clock withZone(ZoneId other) {
        return new MutableClock(now, other);
    }

    /** What clocks of several zones share. */
    private static final class Time {
        private Instant now;

        Time(Instant now) {
            this.now = now;
        }

        synchronized Instant get() {
            return now;
        }

        synchronized void set(Instant instant) {
            now = instant;
        }

        synchronized void advance(Duration by) {
            now = now.plus(by);
        }
    }
}
