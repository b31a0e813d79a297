package dev.athanor.examples.run;

import dev.athanor.examples.application.RequestListener;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Latencies by stage and version, and the worst of every fifth of a second for the chart. Thread-safe. */
final class Latencies implements RequestListener {
    /** Width of a point of the chart: 40 requests of an instance at 200 a second. */
    static final long BUCKET_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /** Longer ones are counted as this. */
    private static final long LONGEST_MICROS = TimeUnit.HOURS.toMicros(1);

    private final Timeline timeline;
    private final Map<Key, Histogram> histograms = new ConcurrentHashMap<>();
    private final Map<String, ConcurrentSkipListMap<Long, Long>> worst = new ConcurrentHashMap<>();

    private record Key(Stage stage, String version) {}

    /** @param timeline has begun when the first request ends */
    Latencies(Timeline timeline) {
        this.timeline = timeline;
    }

    @Override
    public void ended(String version, long dueNanos, long nanos) {
        long micros = Math.min(LONGEST_MICROS, TimeUnit.NANOSECONDS.toMicros(Math.max(0, nanos)));
        histograms
                .computeIfAbsent(
                        new Key(timeline.at(dueNanos), version), key -> new ConcurrentHistogram(LONGEST_MICROS, 3))
                .recordValue(micros);
        worst.computeIfAbsent(version, key -> new ConcurrentSkipListMap<>())
                .merge((dueNanos - timeline.beginNanos()) / BUCKET_NANOS, micros, Math::max);
    }

    /** Microseconds; empty when this version did not run then. */
    Histogram of(Stage stage, String version) {
        Histogram histogram = histograms.get(new Key(stage, version));
        return histogram == null ? new Histogram(3) : histogram.copy();
    }

    /** The worst latency in microseconds of each bucket since the beginning. */
    SortedMap<Long, Long> worst(String version) {
        SortedMap<Long, Long> found = worst.get(version);
        return found == null ? new TreeMap<>() : new TreeMap<>(found);
    }
}
