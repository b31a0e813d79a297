package dev.athanor.benchmark.result;

import static dev.athanor.benchmark.result.SampleResults.failed;
import static dev.athanor.benchmark.result.SampleResults.ofRatios;
import static dev.athanor.benchmark.result.SampleResults.reference;
import static dev.athanor.benchmark.result.SampleResults.run;
import static dev.athanor.benchmark.result.SampleResults.subject;
import static dev.athanor.benchmark.result.SampleResults.volume;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

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
    void chunks_of_a_thousand_are_held_against_other_sizes_and_the_adaptive_one() {
        SubjectResult small = subject("case", "chunk-1k-w2", 1.0, 90);
        SubjectResult adaptive = subject("case", "backfill", 1.0, 120);
        assertThat(named(run(volume(MILLION, small, adaptive)), "chunks of 1,000")
                        .outcome())
                .as("no other fixed size")
                .isEqualTo(Outcome.NOT_MEASURED);
        assertThat(named(
                        run(volume(MILLION, small, adaptive, subject("case", "chunk-5k-w2", 1.0, 100))),
                        "chunks of 1,000"))
                .extracting(Target::measured, Target::outcome)
                .containsExactly("0.75", Outcome.MISSED);
        assertThat(named(run(volume(MILLION, small, subject("case", "chunk-5k-w2", 1.0, 60))), "chunks of 1,000")
                        .measured())
                .isEqualTo("1.50");
    }

    @Test
    void spring_batch_counts_in_its_best_form_and_only_when_that_was_measured() {
        SubjectResult ours = subject("case", "backfill", 1.0, 100);
        SubjectResult plain = subject("peer", "spring-batch", 1.0, 20);
        String target = "backfill (SQL in the server) against plain Spring Batch";
        assertThat(named(run(volume(MILLION, ours, plain)), target).outcome()).isEqualTo(Outcome.NOT_MEASURED);
        assertThat(named(run(volume(MILLION, ours, plain, subject("peer", "spring-batch-tuned", 1.0, 40))), target))
                .extracting(Target::measured, Target::outcome)
                .containsExactly("2.50", Outcome.MET);
    }

    @Test
    void like_work_of_spring_batch_is_compared_without_a_goal() {
        Results results = run(volume(
                MILLION,
                subject("case", "backfill", 1.0, 100),
                subject("case", "transform", 1.0, 80),
                subject("peer", "spring-batch-tuned", 1.0, 40),
                subject("peer", "spring-batch-arrays", 1.0, 64)));
        assertThat(List.of(
                        named(results, "transform against spring-batch-tuned"),
                        named(results, "transform against spring-batch-arrays"),
                        named(results, "backfill (SQL in the server) against spring-batch-arrays")))
                .extracting(Target::goal, Target::measured, Target::outcome)
                .containsExactly(
                        tuple("", "2.00", Outcome.NO_GOAL),
                        tuple("", "1.25", Outcome.NO_GOAL),
                        tuple("", "1.56", Outcome.NO_GOAL));
    }

    @Test
    void the_engine_alone_has_no_goal() {
        assertThat(named(run(volume(MILLION, subject("case", "engine", 0.5, 50))), "chunk engine")
                        .outcome())
                .isEqualTo(Outcome.NO_GOAL);
    }

    @Test
    void what_failed_in_a_later_round_is_not_measured() {
        assertThat(named(run(volume(MILLION, reference(100), failed("case", "backfill", 130))), "backfill, 1,0")
                        .outcome())
                .isEqualTo(Outcome.NOT_MEASURED);
    }

    @Test
    void a_noisy_machine_leaves_open_what_its_readings_lie_on_both_sides_of() {
        SubjectResult ours = ofRatios("backfill", 1.1, 1.2, 1.3);
        assertThat(named(run(volume(MILLION, reference(100, 140, 90), ours)), "backfill, 1,0"))
                .extracting(Target::measured, Target::outcome)
                .containsExactly("1.20", Outcome.TOO_NOISY);
        assertThat(named(run(volume(MILLION, reference(100, 101, 102), ours)), "backfill, 1,0")
                        .outcome())
                .as("a quiet machine tells")
                .isEqualTo(Outcome.MISSED);
        assertThat(named(
                                run(volume(MILLION, reference(100, 140, 90), ofRatios("backfill", 1.3, 1.4, 1.5))),
                                "backfill, 1,0")
                        .outcome())
                .as("beyond the goal in every round")
                .isEqualTo(Outcome.MET);
    }

    @Test
    void of_two_noisy_rates_the_worst_and_the_best_case_count() {
        Results results = run(volume(
                MILLION,
                reference(100, 140, 90),
                subject("case", "backfill", 1.0, 90, 100, 110),
                subject("peer", "spring-batch-tuned", 1.0, 45, 48, 52)));
        assertThat(named(results, "backfill (SQL in the server) against plain"))
                .extracting(Target::measured, Target::outcome)
                .containsExactly("2.08", Outcome.TOO_NOISY);
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
    void an_error_of_the_application_in_any_round_misses_the_target_however_fast_it_is() {
        assertThat(named(run(foreground(MILLION, 5_000, 0.0, 0.0, 1.0)), "application's p99"))
                .extracting(Target::measured, Target::outcome)
                .containsExactly("1.10, errors: 1, at least 5,000 rows/s", Outcome.MISSED);
        assertThat(named(run(foreground(MILLION, 5_000, 0.0, 0.0, 0.0)), "application's p99"))
                .returns(Outcome.MET, Target::outcome)
                .extracting(Target::name)
                .asString()
                .contains("max-rows-per-second=", "1,000,000 rows");
    }

    @Test
    void a_backfill_that_stood_still_in_a_round_misses_the_target() {
        assertThat(named(run(foreground(MILLION, 0, 0.0)), "application's p99").outcome())
                .isEqualTo(Outcome.MISSED);
    }

    @Test
    void an_application_that_was_quicker_beside_a_backfill_says_nothing() {
        assertThat(named(run(beside(0.37)), "application's p99").outcome()).isEqualTo(Outcome.TOO_NOISY);
        assertThat(named(run(beside(0.95)), "application's p99").outcome()).isEqualTo(Outcome.MET);
        assertThat(named(run(beside(1.51)), "application's p99").outcome()).isEqualTo(Outcome.MISSED);
    }

    @Test
    void the_application_counts_beside_a_large_table_only() {
        assertThat(named(run(foreground(100_000, 5_000, 0.0)), "application's p99")
                        .outcome())
                .isEqualTo(Outcome.NOT_MEASURED);
    }

    @Test
    void the_heap_is_the_largest_of_all_cases_from_a_million_rows_on() {
        assertThat(named(run(volume(100_000, subject("case", "backfill", 1.0, 100))), "heap")
                        .outcome())
                .isEqualTo(Outcome.NOT_MEASURED);
        assertThat(named(run(volume(10 * MILLION, subject("case", "backfill", 1.0, 100))), "heap"))
                .extracting(Target::name, Target::measured, Target::outcome)
                .containsExactly(
                        "heap in use of any case of ours, JVM with -Xmx256m, 10,000,000 rows",
                        "30 MB, failed: 0",
                        Outcome.MET);
    }

    @Test
    void a_case_that_failed_misses_the_heap_whatever_the_others_needed() {
        assertThat(named(
                        run(volume(MILLION, subject("case", "backfill", 1.0, 100), failed("case", "transform"))),
                        "heap"))
                .extracting(Target::measured, Target::outcome)
                .containsExactly("30 MB, failed: 1", Outcome.MISSED);
    }

    private static VolumeResult beside(double ratio) {
        return application(MILLION, 5_000, ratio, 0.0);
    }

    private static VolumeResult foreground(long rows, double filled, Double... errors) {
        return application(rows, filled, 1.1, errors);
    }

    private static VolumeResult application(long rows, double filled, double ratio, Double... errors) {
        return new VolumeResult(
                rows,
                1,
                List.of(),
                List.of(DrillResult.of(
                        "foreground",
                        "",
                        List.of(
                                new Figure("p99 held back, against alone", "", List.of(ratio)),
                                new Figure("rows filled, held back", "rows/s", List.of(filled, 9_000.0)),
                                new Figure("errors held back", "", List.of(errors))),
                        List.of())));
    }
}
