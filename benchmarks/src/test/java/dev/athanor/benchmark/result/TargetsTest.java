package dev.athanor.benchmark.result;

import static dev.athanor.benchmark.result.SampleResults.reference;
import static dev.athanor.benchmark.result.SampleResults.run;
import static dev.athanor.benchmark.result.SampleResults.subject;
import static dev.athanor.benchmark.result.SampleResults.volume;
import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.benchmark.result.Target.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetsTest {
    private static final long MILLION = 1_000_000;

    private static Target named(Results results, String beginning) {
        return Targets.of(results).stream()
                .filter(target -> target.name().startsWith(beginning))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void what_was_not_measured_is_neither_met_nor_missed() {
        assertThat(Targets.of(run()))
                .hasSizeGreaterThan(8)
                .extracting(Target::outcome)
                .containsOnly(Outcome.NOT_MEASURED);
    }

    @Test
    void a_ratio_is_held_against_its_goal() {
        assertThat(named(run(volume(MILLION, reference(100), subject("case", "backfill", 1.3, 130))), "backfill, 1,0"))
                .extracting(Target::measured, Target::outcome)
                .containsExactly("1.30", Outcome.MET);
        assertThat(named(run(volume(MILLION, reference(100), subject("case", "backfill", 1.2, 120))), "backfill, 1,0"))
                .extracting(Target::measured, Target::outcome)
                .containsExactly("1.20", Outcome.MISSED);
    }

    @Test
    void only_the_volume_of_the_target_counts() {
        assertThat(named(run(volume(10_000, reference(100), subject("case", "backfill", 1.3, 130))), "backfill, 1,0")
                        .outcome())
                .isEqualTo(Outcome.NOT_MEASURED);
    }

    @Test
    void ten_million_rows_are_held_against_our_rate_at_one_million() {
        Results results = run(
                volume(MILLION, subject("case", "backfill", 1.0, 100)),
                volume(10 * MILLION, subject("case", "backfill", 1.0, 85)));
        assertThat(named(results, "backfill at 10,000,000"))
                .extracting(Target::measured, Target::outcome)
                .containsExactly("0.85", Outcome.MISSED);
    }

    @Test
    void spring_batch_counts_in_its_best_form() {
        Results results = run(volume(
                MILLION,
                subject("case", "backfill", 1.0, 100),
                subject("peer", "spring-batch", 1.0, 20),
                subject("peer", "spring-batch-tuned", 1.0, 40)));
        assertThat(named(results, "backfill against the best form").measured()).isEqualTo("2.50");
    }

    @Test
    void the_support_desk_must_be_done_in_time() {
        DrillResult drill = DrillResult.of(
                "jobs-upgrade", "", List.of(new Figure("whole upgrade", "s", List.of(4.0, 6.0, 4.5))), List.of());
        Results results = run(new VolumeResult(10_000, 1, List.of(), List.of(drill)));
        assertThat(named(results, "whole upgrade of the support desk, 10,000"))
                .extracting(Target::measured, Target::outcome)
                .containsExactly("4.5 s", Outcome.MET);
    }

    @Test
    void an_error_of_the_application_misses_the_target_however_fast_it_is() {
        DrillResult drill = DrillResult.of(
                "foreground",
                "",
                List.of(
                        new Figure("p99 held back, against alone", "", List.of(1.1)),
                        new Figure("errors held back", "", List.of(1.0))),
                List.of());
        assertThat(named(run(new VolumeResult(MILLION, 1, List.of(), List.of(drill))), "application's p99")
                        .outcome())
                .isEqualTo(Outcome.MISSED);
    }

    @Test
    void the_heap_is_the_largest_of_all_cases() {
        assertThat(named(run(volume(10, subject("case", "backfill", 1.0, 100))), "heap")
                        .measured())
                .isEqualTo("30 MB");
    }
}
