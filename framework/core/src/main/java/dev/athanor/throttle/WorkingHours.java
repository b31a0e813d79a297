package dev.athanor.throttle;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/**
 * When chunks may begin.
 *
 * @param text for people, such as {@code 22:00-06:00 Europe/Paris}; empty: always
 * @param untilOpen how long it is from a moment until they may; zero when they may
 */
public record WorkingHours(String text, Function<Instant, Duration> untilOpen) {
    /** At any time. */
    public static final WorkingHours ALWAYS = new WorkingHours("", now -> Duration.ZERO);
}
