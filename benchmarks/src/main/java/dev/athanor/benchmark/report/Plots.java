package dev.athanor.benchmark.report;

import dev.athanor.benchmark.result.DrillResult;
import dev.athanor.benchmark.result.Results;
import dev.athanor.benchmark.result.Series;
import dev.athanor.benchmark.result.SubjectResult;
import dev.athanor.benchmark.result.VolumeResult;
import dev.athanor.benchmark.subject.Subjects;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.XYChart;

/** The pictures for which a run has figures. */
final class Plots {
    private static final String BY_VOLUME = "rows-by-volume.png";
    private static final String BY_CHUNK = "rows-by-chunk.png";
    private static final String FOREGROUND = "foreground.png";
    private static final String FEATURES = "features.png";
    private static final String PEERS = "peers.png";
    /** Names of all files that there can be. */
    static final List<String> FILES = List.of(BY_VOLUME, BY_CHUNK, FOREGROUND, FEATURES, PEERS);

    private final Results results;
    private final List<Plot> plots = new ArrayList<>();

    private Plots(Results results) {
        this.results = results;
    }

    static List<Plot> of(Results results) {
        Plots plots = new Plots(results);
        plots.byVolume();
        plots.largest(volume -> volume.subject(Subjects.gridId(1_000, 2)).isPresent())
                .ifPresent(plots::byChunk);
        plots.largest(volume -> volume.drill("foreground").isPresent()).ifPresent(plots::foreground);
        plots.largest(volume -> volume.subject(Subjects.BACKFILL).isPresent()).ifPresent(plots::bars);
        return plots.plots;
    }

    private Optional<VolumeResult> largest(Predicate<VolumeResult> which) {
        return results.volumes().stream().filter(which).max(Comparator.comparingLong(VolumeResult::rows));
    }

    private void byVolume() {
        if (results.volumes().size() < 2) {
            return;
        }
        String title = "Rows a second by volume";
        XYChart chart = Charts.lines(title, "rows of the table", "rows/s");
        chart.getStyler().setXAxisLogarithmic(true);
        chart.getStyler().setYAxisMin(0.0);
        boolean any = false;
        for (String id :
                List.of(Subjects.BACKFILL, Subjects.TRANSFORM, "one-statement", "plpgsql", "spring-batch-tuned")) {
            List<Double> rows = new ArrayList<>();
            List<Double> rates = new ArrayList<>();
            for (VolumeResult volume : results.volumes()) {
                Double rate = volume.subject(id).map(SubjectResult::rate).orElse(null);
                if (rate != null) {
                    rows.add((double) volume.rows());
                    rates.add(rate);
                }
            }
            if (rows.size() > 1) {
                chart.addSeries(id, rows, rates);
                any = true;
            }
        }
        if (any) {
            plots.add(new Plot(BY_VOLUME, title, chart));
        }
    }

    private void byChunk(VolumeResult volume) {
        String title = String.format(Locale.ROOT, "Rows a second by chunk size and workers, %,d rows", volume.rows());
        XYChart chart = Charts.lines(title, "rows a chunk", "rows/s");
        chart.getStyler().setXAxisLogarithmic(true);
        chart.getStyler().setYAxisMin(0.0);
        for (int workers : Subjects.gridWorkers()) {
            List<Double> sizes = new ArrayList<>();
            List<Double> rates = new ArrayList<>();
            for (int size : Subjects.gridSizes()) {
                Double rate = volume.subject(Subjects.gridId(size, workers))
                        .map(SubjectResult::rate)
                        .orElse(null);
                if (rate != null) {
                    sizes.add((double) size);
                    rates.add(rate);
                }
            }
            if (!sizes.isEmpty()) {
                chart.addSeries(workers == 1 ? "1 worker" : workers + " workers", sizes, rates);
            }
        }
        plots.add(new Plot(BY_CHUNK, title, chart));
    }

    private void foreground(VolumeResult volume) {
        DrillResult drill = volume.drill("foreground").orElseThrow();
        String title =
                String.format(Locale.ROOT, "99th percentile of an application's updates, %,d rows", volume.rows());
        XYChart chart = Charts.lines(title, "seconds", "ms");
        chart.getStyler().setYAxisLogarithmic(true);
        for (Series series : drill.series()) {
            if (!series.seconds().isEmpty()) {
                chart.addSeries(series.name(), series.seconds(), series.values());
            }
        }
        plots.add(new Plot(FOREGROUND, title, chart));
    }

    private void bars(VolumeResult volume) {
        Map<String, String> features = new LinkedHashMap<>();
        features.put("bare-loop", "bare loop");
        features.put("engine", "+ ledger, adaptive size");
        features.put(Subjects.BACKFILL, "+ lease, plan, job, gate");
        features.put("backfill-verified", "+ verification");
        features.put("backfill-trigger", "under a sync trigger");
        features.put("backfill-indexed", "with indexes");
        bar(
                FEATURES,
                String.format(
                        Locale.ROOT,
                        "Each feature against the one statement over the same table, %,d rows",
                        volume.rows()),
                "ratio",
                values(volume, features, SubjectResult::ratio));
        Map<String, String> peers = new LinkedHashMap<>();
        peers.put(Subjects.BACKFILL, "Athanor");
        peers.put(Subjects.TRANSFORM, "Athanor, in the JVM");
        volume.subjects().stream()
                .filter(subject -> subject.kind().equals("peer") || subject.id().equals("one-statement"))
                .forEach(subject -> peers.put(subject.id(), subject.id()));
        bar(
                PEERS,
                String.format(Locale.ROOT, "Rows a second, ours and others, %,d rows", volume.rows()),
                "rows/s",
                values(volume, peers, SubjectResult::rate));
    }

    /** By the name that is put under it; without those that were not measured. */
    private static Map<String, Double> values(
            VolumeResult volume, Map<String, String> names, Function<SubjectResult, @Nullable Double> what) {
        Map<String, Double> values = new LinkedHashMap<>();
        names.forEach((id, name) -> volume.subject(id).map(what).ifPresent(value -> values.put(name, value)));
        return values;
    }

    private void bar(String file, String title, String unit, Map<String, Double> values) {
        if (values.size() > 1) {
            plots.add(new Plot(file, title, Charts.bars(title, unit, values)));
        }
    }
}
