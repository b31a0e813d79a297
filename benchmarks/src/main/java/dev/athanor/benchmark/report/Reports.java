package dev.athanor.benchmark.report;

import dev.athanor.benchmark.result.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes what a run has found. */
public final class Reports {
    private Reports() {}

    /** Targets and noise, for the terminal. */
    public static String summary(Results results) {
        return new MarkdownReport(results, List.of()).summary();
    }

    /**
     * Writes {@code results.json}, {@code results.md} and the plots for which there are figures, in place of older ones.
     *
     * @return the Markdown file
     */
    public static Path write(Results results, Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("results.json"), JsonReport.of(results));
        for (String file : Plots.FILES) {
            Files.deleteIfExists(folder.resolve(file));
        }
        List<Plot> plots = Plots.of(results);
        String unable = "";
        try {
            for (Plot plot : plots) {
                plot.write(folder);
            }
        } catch (RuntimeException | LinkageError | InternalError e) {
            // A JVM without fonts cannot draw; the figures are there all the same.
            plots = List.of();
            unable = "\nThe plots could not be drawn: " + e + "\n";
        }
        Path markdown = folder.resolve("results.md");
        Files.writeString(markdown, new MarkdownReport(results, plots).whole() + unable);
        return markdown;
    }
}
