package dev.athanor.run;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.backfill.StopSignal;
import dev.athanor.postgres.Pause;
import java.time.Duration;

/** Waits no longer than until a stop is asked for. */
record StoppablePause(Pause pause, StopSignal stop) implements Pause {
    static final String STOPPED = "stopped";
    private static final Duration LOOK = Duration.ofMillis(100);

    @Override
    public void await(Duration duration) {
        Duration left = duration;
        while (!left.isNegative() && !left.isZero()) {
            if (stop.isRequested()) {
                throw new AthanorException(
                        FailureKind.STOPPED,
                        STOPPED,
                        "Stopped while waiting; what was begun was rolled back.",
                        "Go on with: athanor resume");
            }
            Duration step = left.compareTo(LOOK) < 0 ? left : LOOK;
            pause.await(step);
            left = left.minus(step);
        }
    }
}
