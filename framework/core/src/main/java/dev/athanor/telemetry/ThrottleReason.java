package dev.athanor.telemetry;

import dev.athanor.throttle.BudgetState;
import dev.athanor.throttle.Reading;
import java.util.Comparator;

/** Why a backfill is held back, in one of a few words: a reason with its numbers would make a new series at every change. */
final class ThrottleReason {
    private static final String CAP = "max-rows-per-second";
    private static final String WINDOW = "window";
    private static final String OTHER = "other";

    private ThrottleReason() {}

    /**
     * The name of the signal, {@code max-rows-per-second}, {@code window} or {@code other}. Reasons name their signal; where
     * the name of one signal is a part of another's, the longer one is meant.
     */
    static String of(BudgetState state) {
        String reason = plain(state.reason());
        return state.readings().stream()
                .map(Reading::signal)
                .filter(signal -> reason.contains(plain(signal)))
                .max(Comparator.comparingInt(String::length))
                .orElseGet(() -> without(reason));
    }

    private static String without(String reason) {
        if (reason.startsWith(plain(CAP))) {
            return CAP;
        }
        return reason.contains(WINDOW) ? WINDOW : OTHER;
    }

    /** Signals are written with hyphens in settings and with spaces in messages. */
    static String plain(String name) {
        return name.replace('-', ' ');
    }
}
