package dev.athanor.postgres;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A blocking wait, as a parameter, so that tests need not wait. */
@FunctionalInterface
public interface Pause {

    /**
     * Waits.
     *
     * @throws AthanorException kind STOPPED, code {@code interrupted}, when the thread is interrupted; its interrupt flag
     *     stays set
     */
    void await(Duration duration);

    /** Really waits. */
    static Pause real() {
        return duration -> {
            try {
                boolean counted = new CountDownLatch(1).await(duration.toNanos(), TimeUnit.NANOSECONDS);
                assert !counted;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AthanorException(
                        FailureKind.STOPPED, "interrupted", "Interrupted while waiting", "Run athanor resume.", e);
            }
        };
    }
}
