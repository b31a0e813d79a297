package dev.athanor.cli;

import java.time.Duration;
import java.util.Locale;

/** Durations for people. */
final class Durations {
    private Durations() {}

    /** {@code 240ms}, {@code 3s}, {@code 4m 10s}, {@code 2h 5m}. */
    static String inWords(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 1) {
            return duration.toMillis() + "ms";
        }
        if (seconds < 60) {
            return seconds + "s";
        }
        return seconds < 3600
                ? String.format(Locale.ROOT, "%dm %ds", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%dh %dm", seconds / 3600, seconds % 3600 / 60);
    }
}
