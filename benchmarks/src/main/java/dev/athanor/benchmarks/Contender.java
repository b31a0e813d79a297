package dev.athanor.benchmarks;

/** One way to fill {@code resolution_time_seconds} in the benchmark's table. */
interface Contender {
    /** For the output. */
    String name();

    /** Brings it back to the state before its first run; not measured. */
    default void reset() {}

    /** Fills the whole table; measured from call to return. */
    void fill();
}
