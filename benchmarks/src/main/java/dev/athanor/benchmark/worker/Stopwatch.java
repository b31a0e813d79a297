package dev.athanor.benchmark.worker;

/** The one place where durations are measured, by the clock of the JVM: what is measured here is real time. */
public final class Stopwatch {
    private static final double NANOS_A_SECOND = 1e9;

    private final long begin = System.nanoTime();

    private Stopwatch() {}

    /** Starts one. */
    public static Stopwatch start() {
        return new Stopwatch();
    }

    /** Nanoseconds since its start. */
    public long nanos() {
        return System.nanoTime() - begin;
    }

    /** Seconds since its start. */
    public double seconds() {
        return nanos() / NANOS_A_SECOND;
    }
}
