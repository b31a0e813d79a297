package dev.athanor.embedded;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A wait between two looks at something another process does. */
@FunctionalInterface
interface Pause {
    void await(Duration duration);

    static Pause real() {
        return duration -> {
            try {
                TimeUnit.NANOSECONDS.sleep(duration.toNanos());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new EmbeddedPostgresException(
                        "embedded_interrupted",
                        "Waiting for the embedded PostgreSQL was interrupted.",
                        "Run the command again.",
                        e);
            }
        };
    }
}
