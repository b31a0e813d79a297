package dev.athanor.benchmark.worker;

/**
 * One run of a subject, as its own JVM saw it.
 *
 * @param nanos from the first to the last moment of the work
 * @param cpuNanos that the JVM spent meanwhile, its compiler and collector included
 * @param peakHeapBytes the most heap in use behind a garbage collection
 */
public record Measured(long nanos, long cpuNanos, long peakHeapBytes) {
    /** Seconds that it took. */
    public double seconds() {
        return nanos / 1e9;
    }

    String toLine() {
        return nanos + " " + cpuNanos + " " + peakHeapBytes;
    }

    static Measured ofLine(String line) {
        String[] parts = line.split(" ");
        return new Measured(Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
    }
}
