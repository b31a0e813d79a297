package dev.athanor.benchmark.result;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Readings of one thing that a drill has measured.
 *
 * @param name what it is
 * @param unit such as {@code s} or {@code ms}
 * @param values at least one
 */
public record Figure(String name, String unit, List<Double> values) {
    /** Keeps the order. */
    public Figure {
        values = List.copyOf(values);
    }

    /** The middle one. */
    @JsonProperty("median")
    public double median() {
        return Statistics.median(values);
    }

    /** All of them together. */
    public double sum() {
        return values.stream().mapToDouble(Double::doubleValue).sum();
    }
}
