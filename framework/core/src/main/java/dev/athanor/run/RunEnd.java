package dev.athanor.run;

import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How a run, a phase or a section ended.
 *
 * @param kind done, stopped at a clean checkpoint, or failed
 * @param error why it failed; null otherwise
 */
public record RunEnd(Kind kind, @Nullable Throwable error) {
    /** It reached its end. */
    public static final RunEnd DONE = new RunEnd(Kind.DONE, null);

    /** It ended early at a clean checkpoint. */
    public static final RunEnd STOPPED = new RunEnd(Kind.STOPPED, null);

    /** Ways to end. */
    public enum Kind {
        /** Reached its end. */
        DONE,
        /** Ended early at a clean checkpoint. */
        STOPPED,
        /** Ended by an error. */
        FAILED
    }

    /** It ended by an error. */
    public static RunEnd failed(Throwable error) {
        return new RunEnd(Kind.FAILED, error);
    }

    /** {@code done}, {@code stopped} or {@code failed}. */
    public String key() {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** Works, and tells how that ended, whichever way. */
    static boolean told(BooleanSupplier work, Consumer<RunEnd> hears) {
        RunEnd end = STOPPED;
        try {
            boolean complete = work.getAsBoolean();
            end = complete ? DONE : STOPPED;
            return complete;
        } catch (RuntimeException | Error e) {
            end = failed(e);
            throw e;
        } finally {
            hears.accept(end);
        }
    }
}
