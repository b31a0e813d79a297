package dev.athanor.benchmark.result;

import static dev.athanor.benchmark.result.SampleResults.reference;
import static dev.athanor.benchmark.result.SampleResults.subject;
import static dev.athanor.benchmark.result.SampleResults.volume;
import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.benchmark.result.Noise.Verdict;
import org.junit.jupiter.api.Test;

class NoiseTest {
    @Test
    void a_reference_that_stays_within_the_bound_says_quiet() {
        assertThat(volume(10, reference(100, 106, 94)).noise().verdict()).isEqualTo(Verdict.QUIET);
    }

    @Test
    void one_that_moves_by_more_says_too_noisy_in_plain_words() {
        Noise noise = volume(10, reference(100, 140, 90)).noise();
        assertThat(noise.verdict()).isEqualTo(Verdict.TOO_NOISY);
        assertThat(noise.words()).singleElement().asString().contains("range 50 % of", "bound 15 %", "too noisy");
    }

    @Test
    void a_stray_reading_among_many_does_not_make_it_noisy() {
        assertThat(volume(10, reference(100, 101, 99, 102, 98, 100, 101, 99, 60, 140))
                        .noise()
                        .verdict())
                .isEqualTo(Verdict.QUIET);
    }

    @Test
    void what_is_no_reference_may_move() {
        assertThat(volume(10, reference(100, 101), subject("case", "backfill", 1.0, 100, 300))
                        .noise()
                        .verdict())
                .isEqualTo(Verdict.QUIET);
    }

    @Test
    void one_reading_says_nothing() {
        Noise noise = volume(10, reference(100)).noise();
        assertThat(noise.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(noise.words()).singleElement().asString().contains("nothing can be said");
    }
}
