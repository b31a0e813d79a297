package dev.athanor.source;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Hours of the day, in a time zone, in which a backfill may work.
 *
 * @param from first moment that is inside
 * @param to first moment behind it; at or before {@code from} means on the next day
 * @param zone whose clocks tell the time, summer time included
 */
public record RunWindow(LocalTime from, LocalTime to, ZoneId zone) {
    private static final Pattern FORM = Pattern.compile(
            "\\s*(\\d{1,2}:\\d{2})\\s*[-\u2013]\\s*(\\d{1,2}:\\d{2})\\s+([A-Za-z][A-Za-z0-9_+/:-]*)\\s*");

    /** The window written as {@code 22:00-06:00 Europe/Paris}; null when the text is none. */
    public static @Nullable RunWindow parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        try {
            return new RunWindow(time(matcher.group(1)), time(matcher.group(2)), ZoneId.of(matcher.group(3)));
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static LocalTime time(String text) {
        return LocalTime.parse(text.length() == 4 ? "0" + text : text);
    }

    /** How long it is until the window is open; zero inside it. */
    public Duration untilOpen(Instant now) {
        ZonedDateTime here = now.atZone(zone);
        LocalTime time = here.toLocalTime();
        boolean overMidnight = !to.isAfter(from);
        boolean inside =
                overMidnight ? !time.isBefore(from) || time.isBefore(to) : !time.isBefore(from) && time.isBefore(to);
        if (inside) {
            return Duration.ZERO;
        }
        ZonedDateTime opens = here.toLocalDate().atTime(from).atZone(zone);
        return Duration.between(
                here,
                opens.isAfter(here)
                        ? opens
                        : here.toLocalDate().plusDays(1).atTime(from).atZone(zone));
    }

    /** As it is written in a directive. */
    @Override
    public String toString() {
        return from + "-" + to + " " + zone;
    }
}
