package dev.athanor.cli;

import dev.athanor.source.Durations;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** The end that a user gives a run. */
final class EndTime {
    private EndTime() {}

    /** From now on, the next time that the clock shows it, or a moment with its zone. */
    static Instant parse(String text, Clock clock) {
        Duration duration = Durations.parse(text);
        if (duration != null) {
            return clock.instant().plus(duration);
        }
        try {
            return text.length() <= 5
                    ? next(LocalTime.parse(text), clock)
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw UsageError.of(
                    "--deadline is '" + text
                            + "'; it must be a duration such as 2h, a time of the day such as 06:00, or a"
                            + " moment with its zone such as 2026-01-31T06:00+01:00",
                    "upgrade");
        }
    }

    private static Instant next(LocalTime time, Clock clock) {
        ZonedDateTime now = clock.instant().atZone(ZoneId.systemDefault());
        ZonedDateTime today = now.with(time);
        return (today.isAfter(now) ? today : today.plusDays(1)).toInstant();
    }
}
