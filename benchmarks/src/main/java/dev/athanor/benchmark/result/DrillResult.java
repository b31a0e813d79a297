package dev.athanor.benchmark.result;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one drill has measured.
 *
 * @param series what it saw over time; none for most
 * @param failure why it failed; null: it did not
 * @param leftOut why it was not run; null: it was
 */
public record DrillResult(
        String id,
        String title,
        List<Figure> figures,
        List<Series> series,
        @Nullable String failure,
        @Nullable String leftOut) {
    /** Keeps the order. */
    public DrillResult {
        figures = List.copyOf(figures);
        series = List.copyOf(series);
    }

    /** One that failed. */
    public static DrillResult failed(String id, String title, String why) {
        return new DrillResult(id, title, List.of(), List.of(), why, null);
    }

    /** One for which something is missing. */
    public static DrillResult leftOut(String id, String title, String why) {
        return new DrillResult(id, title, List.of(), List.of(), null, why);
    }

    /** One that went well. */
    public static DrillResult of(String id, String title, List<Figure> figures, List<Series> series) {
        return new DrillResult(id, title, figures, series, null, null);
    }

    /** The figure of this name. */
    public Optional<Figure> figure(String name) {
        return figures.stream().filter(figure -> figure.name().equals(name)).findFirst();
    }
}
