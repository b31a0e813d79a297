package dev.athanor.benchmark.subject;

/** A subject that is ready to run once. */
public interface Work {
    /** Does all of it; this is what is measured. */
    void run() throws Exception;

    /** Asks a run to end early, from another thread; those that cannot go on to their end. */
    default void stop() {}

    /** Ends all sessions. */
    void close() throws Exception;
}
