package dev.athanor.migration;

/**
 * What a {@link RowTransform} fails with when the same may go well later: a service that is down, or answers that it has
 * too much to do. The chunk is tried again, ever more slowly, for as long as the patience of the run lasts.
 */
public final class PassingFaultException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A fault, for people. */
    public PassingFaultException(String message) {
        super(message);
    }

    /** A fault with what has led to it. */
    public PassingFaultException(String message, Throwable cause) {
        super(message, cause);
    }
}
