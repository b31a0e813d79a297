package dev.athanor.benchmark.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.internal.chartpart.IChart;

/**
 * A picture.
 *
 * @param file its name, ending in {@code .png}
 * @param title for people who cannot see it
 * @param chart what is drawn
 */
record Plot(String file, String title, IChart chart) {
    void write(Path folder) throws IOException {
        try (OutputStream out = Files.newOutputStream(folder.resolve(file))) {
            ChartEncoder.saveChart(chart, out, "png");
        }
    }
}
