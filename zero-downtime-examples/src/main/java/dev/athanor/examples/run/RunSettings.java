package dev.athanor.examples.run;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How large and how long a scenario runs.
 *
 * @param rows of its table at the beginning
 * @param quiet how long each stage lasts in which no migration runs
 * @param rate requests a second of each of the two instances
 * @param scenarios folder of the scenarios
 */
public record RunSettings(long rows, Duration quiet, int rate, Path scenarios) {
    /** Longer than this no statement of an application may wait for a lock. */
    public static final Duration LONGEST_LOCK_WAIT = Duration.ofMillis(500);
}
