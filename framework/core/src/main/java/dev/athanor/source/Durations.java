package dev.athanor.source;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Reads durations as options and flags have them. */
public final class Durations {
    /** PostgreSQL keeps its timeouts as milliseconds in 31 bits, and takes 0 for "none". */
    private static final long MOST_MILLIS = Integer.MAX_VALUE;

    private Durations() {}

    /** {@code 250ms}, {@code 2s}, {@code 5m}, {@code 1h} or ISO 8601; null for anything else. */
    public static @Nullable Duration parse(String text) {
        Duration duration = text.startsWith("P") || text.startsWith("p") ? iso(text) : plain(text);
        boolean usable = duration != null
                && duration.compareTo(Duration.ofMillis(1)) >= 0
                && duration.compareTo(Duration.ofMillis(MOST_MILLIS)) <= 0;
        return usable ? duration : null;
    }

    private static @Nullable Duration iso(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static @Nullable Duration plain(String text) {
        int digits = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        if (digits == 0 || digits > 10) {
            return null;
        }
        long amount = Long.parseLong(text.substring(0, digits));
        return switch (text.substring(digits)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> null;
        };
    }
}
