package dev.athanor.examples.run;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The worst latency of every fifth of a second, old and new version, on a logarithmic scale, with the stages marked. */
final class LatencyChart {
    private static final int WIDTH = 1100;
    private static final int HEIGHT = 460;
    private static final int LEFT = 70;
    private static final int RIGHT = 20;
    private static final int TOP = 40;
    private static final int BOTTOM = 50;

    /** Bounds of the scale; what lies outside is drawn at its edge. */
    private static final double LEAST_MILLIS = 0.5;

    private static final double MOST_MILLIS = 10_000;

    private static final Map<String, String> COLOURS = Map.of("old", "#b45309", "new", "#1d4ed8");
    private static final Set<Stage> MIGRATION = Set.of(Stage.EXPAND, Stage.BACKFILL, Stage.CONTRACT);

    private final Timeline timeline;
    private final Latencies latencies;
    private final long beginNanos;
    private final long endNanos;
    private final StringBuilder svg = new StringBuilder();

    LatencyChart(Timeline timeline, Latencies latencies, long endNanos) {
        this.timeline = timeline;
        this.latencies = latencies;
        this.beginNanos = timeline.beginNanos();
        this.endNanos = endNanos;
    }

    /** The whole file. */
    String svg() {
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">",
                WIDTH, HEIGHT);
        add("<rect width=\"%d\" height=\"%d\" fill=\"white\"/>", WIDTH, HEIGHT);
        stages();
        scales();
        limit();
        version("old", 0);
        version("new", 1);
        return svg.append("</svg>\n").toString();
    }

    private void stages() {
        List<Timeline.Span> spans = timeline.spans();
        for (int i = 0; i < spans.size(); i++) {
            Stage stage = spans.get(i).stage();
            double from = x(spans.get(i).beginNanos());
            double to = x(i + 1 < spans.size() ? spans.get(i + 1).beginNanos() : endNanos);
            add(
                    "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>",
                    from, TOP, to - from, HEIGHT - TOP - BOTTOM, MIGRATION.contains(stage) ? "#fde68a" : "#f3f4f6");
            add(
                    "<line x1=\"%1$.1f\" x2=\"%1$.1f\" y1=\"%2$d\" y2=\"%3$d\" stroke=\"#9ca3af\"/>",
                    from, TOP, HEIGHT - BOTTOM);
            add(
                    "<text transform=\"translate(%.1f %d) rotate(90)\" fill=\"#374151\">%s</text>",
                    from + 4, TOP + 6, stage.title());
        }
    }

    private void scales() {
        for (double millis = 1; millis <= MOST_MILLIS; millis *= 10) {
            add(
                    "<line x1=\"%d\" x2=\"%d\" y1=\"%3$.1f\" y2=\"%3$.1f\" stroke=\"#d1d5db\"/>",
                    LEFT, WIDTH - RIGHT, y(millis));
            add("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.0f ms</text>", LEFT - 6, y(millis) + 4, millis);
        }
        double seconds = (endNanos - beginNanos) / 1e9;
        double step = seconds > 120 ? 20 : seconds > 30 ? 5 : 1;
        for (double at = 0; at <= seconds; at += step) {
            add(
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%.0f s</text>",
                    x(beginNanos + (long) (at * 1e9)), HEIGHT - BOTTOM + 18, at);
        }
    }

    private void limit() {
        double y = y(RunSettings.LONGEST_LOCK_WAIT.toMillis());
        add(
                "<line x1=\"%d\" x2=\"%d\" y1=\"%3$.1f\" y2=\"%3$.1f\" stroke=\"#dc2626\" stroke-dasharray=\"6 4\"/>",
                LEFT, WIDTH - RIGHT, y);
        add(
                "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\" fill=\"#dc2626\">longest lock wait allowed</text>",
                WIDTH - RIGHT - 4, y - 4);
    }

    private void version(String version, int place) {
        String colour = COLOURS.getOrDefault(version, "black");
        StringBuilder points = new StringBuilder();
        latencies
                .worst(version)
                .forEach((bucket, micros) -> points.append(String.format(
                        Locale.ROOT,
                        "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"1.8\"/>",
                        x(beginNanos + bucket * Latencies.BUCKET_NANOS),
                        y(micros / 1e3))));
        add("<g fill=\"%s\" fill-opacity=\"0.8\">%s</g>", colour, points);
        add(
                "<text x=\"%d\" y=\"%d\" fill=\"%s\">● %s version: worst request of each 0.2 s</text>",
                LEFT + place * 270, TOP - 16, colour, version);
    }

    private double x(long nanos) {
        double share = (double) (nanos - beginNanos) / Math.max(1, endNanos - beginNanos);
        return LEFT + Math.min(1, Math.max(0, share)) * (WIDTH - LEFT - RIGHT);
    }

    private static double y(double millis) {
        double bounded = Math.min(MOST_MILLIS, Math.max(LEAST_MILLIS, millis));
        double share = Math.log(bounded / LEAST_MILLIS) / Math.log(MOST_MILLIS / LEAST_MILLIS);
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
