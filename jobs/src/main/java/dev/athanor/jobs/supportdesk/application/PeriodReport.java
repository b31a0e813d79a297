package dev.athanor.jobs.supportdesk.application;

import java.time.Duration;
import java.util.Map;

/**
 * What users felt in one period. Latencies run from the time a statement was <em>due</em>, not from when it was sent,
 * so waiting behind a stall counts; failed statements count too.
 *
 * @param name name of the period
 * @param statements statements that were due in the period and have ended
 * @param p50 half of them took no longer
 * @param p99 99 of 100 took no longer
 * @param max the longest
 * @param errors failed statements by SQLSTATE, or by exception name where the driver gives no SQLSTATE
 */
public record PeriodReport(
        String name, long statements, Duration p50, Duration p99, Duration max, Map<String, Long> errors) {
    public PeriodReport {
        errors = Map.copyOf(errors);
    }

    /** Failed statements of all kinds. */
    public long errorCount() {
        return errors.values().stream().mapToLong(Long::longValue).sum();
    }
}
