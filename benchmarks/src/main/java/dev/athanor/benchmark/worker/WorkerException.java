package dev.athanor.benchmark.worker;

/** A subject failed in its JVM, or the JVM ended; the message says why in one line, its log the rest. */
public final class WorkerException extends RuntimeException {
    private static final long serialVersionUID = 1;

    WorkerException(String message) {
        super(message);
    }
}
