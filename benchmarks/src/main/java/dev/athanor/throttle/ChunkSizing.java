package dev.athanor.throttle;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What every chunk asks of the adaptive sizer: the next size, and a look at how long the last one took. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ChunkSizing {
    private final AdaptiveChunkSizer sizer = new AdaptiveChunkSizer(Duration.ofMillis(250));
    private long noise = 1;

    /** For JMH. */
    public ChunkSizing() {}

    /** One chunk. */
    @Benchmark
    public int chunk() {
        noise = noise * 6364136223846793005L + 1442695040888963407L;
        int rows = sizer.rows();
        sizer.observe(rows, rows, rows * (20_000 + (noise >>> 52)));
        return rows;
    }
}
