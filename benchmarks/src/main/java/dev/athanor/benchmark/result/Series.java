package dev.athanor.benchmark.result;

import java.util.List;

/**
 * Something over time.
 *
 * @param name what it is
 * @param seconds since the beginning
 * @param values one for each second that is named
 */
public record Series(String name, List<Double> seconds, List<Double> values) {
    /** Keeps the order. */
    public Series {
        seconds = List.copyOf(seconds);
        values = List.copyOf(values);
    }
}
