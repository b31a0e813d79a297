package dev.athanor.jobs.supportdesk.application;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Collects the statements of one period. Thread-safe. */
final class Period {
    /** Longer ones are counted as this. */
    private static final long LONGEST_MICROS = TimeUnit.HOURS.toMicros(1);

    private final String name;
    private final long beginNanos;
    private final Histogram micros = new ConcurrentHistogram(LONGEST_MICROS, 3);
    private final Map<String, Long> errors = new ConcurrentHashMap<>();

    /** @param beginNanos time on the scheduler's clock */
    Period(String name, long beginNanos) {
        this.name = name;
        this.beginNanos = beginNanos;
    }

    boolean hasBegunAt(long nanos) {
        return nanos - beginNanos >= 0;
    }

    void ended(long nanos) {
        micros.recordValue(Math.min(LONGEST_MICROS, TimeUnit.NANOSECONDS.toMicros(Math.max(0, nanos))));
    }

    void failed(String sqlState) {
        errors.merge(sqlState, 1L, Long::sum);
    }

    PeriodReport report() {
        Histogram now = micros.copy();
        return new PeriodReport(
                name,
                now.getTotalCount(),
                Duration.of(now.getValueAtPercentile(50), ChronoUnit.MICROS),
                Duration.of(now.getValueAtPercentile(99), ChronoUnit.MICROS),
                Duration.of(now.getMaxValue(), ChronoUnit.MICROS),
                errors);
    }
}
