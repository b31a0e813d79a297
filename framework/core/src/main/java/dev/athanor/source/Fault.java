package dev.athanor.source;

/**
 * One thing wrong in a revision file.
 *
 * @param origin where
 * @param message what was found and what was expected
 */
public record Fault(Origin origin, String message) {
    /** {@code file:line: message}. */
    @Override
    public String toString() {
        return origin + ": " + message;
    }
}
