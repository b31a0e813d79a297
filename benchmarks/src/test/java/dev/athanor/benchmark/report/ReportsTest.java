package dev.athanor.benchmark.report;

import static dev.athanor.benchmark.result.SampleResults.failed;
import static dev.athanor.benchmark.result.SampleResults.reference;
import static dev.athanor.benchmark.result.SampleResults.run;
import static dev.athanor.benchmark.result.SampleResults.subject;
import static dev.athanor.benchmark.result.SampleResults.volume;
import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.benchmark.result.DrillResult;
import dev.athanor.benchmark.result.Results;
import dev.athanor.benchmark.result.SampleResults;
import dev.athanor.benchmark.result.Series;
import dev.athanor.benchmark.result.SubjectResult;
import dev.athanor.benchmark.result.VolumeResult;
import dev.athanor.benchmark.subject.Subjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knowm.xchart.HorizontalBarChart;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportsTest {
    @TempDir
    private Path folder;

    private String markdown(Results results) throws IOException {
        return Files.readString(Reports.write(results, folder));
    }

    @Test
    void a_line_has_median_spread_and_ratio() throws IOException {
        String text = markdown(
                run(volume(1_000_000, reference(100, 110, 90), subject("case", "backfill", 1.3, 130, 120, 140))));
        assertThat(text)
                .contains("## 1,000,000 rows")
                .contains(
                        "| `backfill` | title of backfill | 3 | 7.69 | 130 | 15 % | 1.30 | 1.30 to 1.30 | 5.0 | 2.0 | 7 | 0.50 | 30 | 0 |")
                .contains("| backfill, 1,000,000 rows, against one UPDATE | ≥ 1.25 | 1.30 | yes |")
                .contains("one statement, measured 3 times: interquartile range 20 % of the median");
    }

    @Test
    void a_failure_is_told() throws IOException {
        SubjectResult failed =
                new SubjectResult("backfill", "a title", "case", "scene", "one-statement", List.of(), "it broke");
        assertThat(markdown(run(volume(10, failed))))
                .contains("**failed:** backfill: it broke")
                .contains("a title: **failed**");
    }

    @Test
    void a_failure_behind_good_rounds_is_told_in_the_line() throws IOException {
        assertThat(markdown(run(volume(10, failed("case", "backfill", 100)))))
                .contains("| `backfill` | title of backfill: **failed in a later round** | 1 |");
    }

    @Test
    void a_failure_of_a_drill_stays_in_its_cell() throws IOException {
        DrillResult failed = DrillResult.failed("recovery", "a title", "a | b\n  c");
        assertThat(markdown(run(new VolumeResult(10, 1, List.of(), List.of(failed)))))
                .contains("| a title | failed: a \\| b c | | |");
    }

    @Test
    void where_something_is_on_the_machine_is_not_told() throws IOException {
        Results results = SampleResults.run(
                List.of("-Xmx256m", "-XX:StartFlightRecording=settings=profile,filename=/home/me/x.jfr"));
        String text = markdown(results);
        assertThat(text).contains("`-Xmx256m -XX:StartFlightRecording=settings=profile,filename=<path>`");
        assertThat(text + Files.readString(folder.resolve("results.json"))).doesNotContain("/home");
    }

    @Test
    void goals_and_figures_say_how_they_stand() throws IOException {
        String text = markdown(run(volume(
                1_000_000,
                reference(100, 140, 90),
                subject("case", "backfill", 1.25, 100),
                subject("case", "engine", 1.3, 130))));
        assertThat(text)
                .contains("| ≥ 1.25 | 1.25 | too noisy to tell |")
                .contains("against one UPDATE | – | 1.30 | – |")
                .contains("| not measured in this run |");
    }

    @Test
    void a_plot_of_an_older_run_does_not_stay() throws IOException {
        Files.writeString(folder.resolve("features.png"), "old");
        Files.writeString(folder.resolve("mine.png"), "mine");
        markdown(run());
        assertThat(folder.resolve("features.png")).doesNotExist();
        assertThat(folder.resolve("mine.png")).exists();
    }

    @Test
    void each_feature_is_drawn_as_a_ratio_to_its_own_reference() {
        Plot features = Plots.of(run(volume(
                        10, subject("case", "backfill", 1.3, 130), subject("case", "backfill-trigger", 1.1, 20))))
                .stream()
                .filter(plot -> plot.file().equals("features.png"))
                .findFirst()
                .orElseThrow();
        assertThat(((HorizontalBarChart) features.chart()).getSeriesCollection())
                .singleElement()
                .satisfies(series ->
                        assertThat(List.<Object>copyOf(series.getXData())).containsExactly(1.3, 1.1));
    }

    @Test
    void a_noisy_machine_is_told_first() throws IOException {
        assertThat(markdown(run(volume(10, reference(100, 200)))))
                .contains("too noisy to tell small differences at 10 rows");
    }

    @Test
    void programs_read_every_round_and_the_medians() throws IOException {
        Reports.write(run(volume(10, reference(100, 110), subject("case", "backfill", 1.3, 130, 140))), folder);
        JsonNode document = JsonMapper.shared().readTree(Files.readString(folder.resolve("results.json")));
        JsonNode backfill = document.at("/run/volumes/0/subjects/1");
        assertThat(backfill.at("/id").asString()).isEqualTo("backfill");
        assertThat(backfill.at("/rounds").size()).isEqualTo(2);
        assertThat(backfill.at("/rounds/1/rowsPerSecond").asDouble()).isEqualTo(140);
        assertThat(backfill.at("/medianRowsPerSecond").asDouble()).isEqualTo(135);
        assertThat(backfill.at("/medianRatio").asDouble()).isEqualTo(1.3);
        assertThat(document.at("/noise/10/verdict").asString()).isEqualTo("QUIET");
        assertThat(document.at("/targets").size()).isGreaterThan(8);
    }

    @Test
    void plots_are_pictures_and_stand_in_the_text() throws IOException {
        DrillResult foreground = DrillResult.of(
                "foreground",
                "",
                List.of(),
                List.of(
                        new Series("alone", List.of(0.0, 0.2), List.of(1.0, 2.0)),
                        new Series("beside", List.of(0.0), List.of(90.0))));
        VolumeResult small = volume(
                10_000,
                reference(100),
                subject("case", "backfill", 1.3, 130),
                subject("case", Subjects.gridId(1_000, 2), 1.0, 90));
        VolumeResult large = new VolumeResult(
                100_000,
                1,
                List.of(
                        reference(110),
                        subject("case", "backfill", 1.3, 130),
                        subject("peer", "plpgsql", 0.9, 80),
                        subject("case", Subjects.gridId(1_000, 2), 1.0, 90),
                        subject("case", Subjects.gridId(5_000, 2), 1.0, 95)),
                List.of(foreground));
        String text = markdown(run(small, large));
        for (String file : List.of("rows-by-volume.png", "rows-by-chunk.png", "foreground.png", "peers.png")) {
            assertThat(text).contains("(" + file + ")");
            assertThat(ImageIO.read(folder.resolve(file).toFile()).getWidth()).isEqualTo(1000);
        }
    }
}
