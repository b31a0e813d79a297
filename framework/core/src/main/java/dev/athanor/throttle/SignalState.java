package dev.athanor.throttle;

import dev.athanor.AthanorException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What is known of one signal. Touched by one look at a time; read by others through the readings made of it. */
final class SignalState {
    private final Signal signal;
    private final ThrottleSettings settings;
    private Instant due = Instant.MIN;
    private @Nullable Instant seen;
    private double value;
    private double smoothed;
    private @Nullable Instant failingSince;
    private String failure = "";

    SignalState(Signal signal, ThrottleSettings settings) {
        if (!(signal.limit() > 0)) {
            throw new IllegalArgumentException(
                    "the limit of signal '" + signal.name() + "' must be above zero, not " + signal.limit());
        }
        this.signal = signal;
        this.settings = settings;
    }

    Signal signal() {
        return signal;
    }

    /** Whether it is time to look; then the next time is set. */
    boolean isDue(Instant now) {
        if (due.isAfter(now)) {
            return false;
        }
        due = now.plus(signal.interval());
        return true;
    }

    /** Exponential smoothing by the time that has passed, so that a look that is late counts for more. */
    void seen(double number, Instant now) {
        if (!Double.isFinite(number)) {
            failed(new IllegalStateException("it gives " + number), now);
            return;
        }
        double share =
                seen == null ? 1 : 1 - Math.exp(-seconds(Duration.between(seen, now)) / seconds(settings.smoothing()));
        value = number;
        smoothed += share * (utilisation(number) - smoothed);
        seen = now;
        failingSince = null;
    }

    void failed(Throwable error, Instant now) {
        if (failingSince == null) {
            failingSince = now;
        }
        failure = error instanceof TimeoutException
                ? "no answer for " + SignalUnit.SECONDS.text(seconds(Watcher.PATIENCE))
                : error instanceof AthanorException ours ? ours.getMessage() : String.valueOf(error.getMessage());
    }

    /** What cannot be read is not believed to be well: after the grace time it counts as its limit. */
    private boolean isLost(Instant now) {
        return failingSince != null && Duration.between(failingSince, now).compareTo(settings.grace()) >= 0;
    }

    /** As it was read last. */
    double raw(Instant now) {
        return isLost(now) ? utilisation(signal.limit()) : utilisation(value);
    }

    double smoothed(Instant now) {
        return isLost(now) ? utilisation(signal.limit()) : smoothed;
    }

    Reading reading(Instant now) {
        String text = failingSince != null && isLost(now)
                ? signal.name() + " unreadable for "
                        + SignalUnit.SECONDS.text(
                                Duration.between(failingSince, now).toSeconds()) + ": " + failure
                : signal.describe(value);
        return new Reading(signal.name(), value, signal.unit(), signal.limit(), smoothed(now), text);
    }

    private double utilisation(double number) {
        return Math.max(0, number / (Governor.FULL_SHARE * signal.limit()));
    }

    private static double seconds(Duration duration) {
        return ThrottleText.seconds(duration);
    }
}
