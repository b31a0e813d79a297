package dev.athanor.benchmark.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    @Test
    void the_median_is_the_middle_one_whatever_the_order() {
        assertThat(Statistics.median(List.of(9.0, 1.0, 3.0))).isEqualTo(3);
    }

    @Test
    void of_an_even_number_it_is_the_mean_of_the_two_in_the_middle() {
        assertThat(Statistics.median(List.of(4.0, 1.0, 100.0, 2.0))).isEqualTo(3);
    }

    @Test
    void the_spread_is_a_share_of_the_median() {
        assertThat(Statistics.spread(List.of(90.0, 100.0, 120.0))).isCloseTo(0.3, within(1e-9));
    }

    @Test
    void of_many_readings_the_spread_is_that_of_the_middle_half() {
        assertThat(Statistics.spread(List.of(1.0, 90.0, 95.0, 100.0, 105.0, 110.0, 900.0)))
                .isCloseTo(0.2, within(1e-9));
        assertThat(Statistics.spread(List.of(100.0, 102.0, 104.0, 110.0)))
                .as("quartiles lie between readings")
                .isCloseTo((108.5 - 100.5) / 103, within(1e-9));
        assertThat(Statistics.spread(List.of(90.0, 110.0))).isCloseTo(0.2, within(1e-9));
    }

    @Test
    void one_reading_has_no_spread() {
        assertThat(Statistics.spread(List.of(7.0))).isZero();
    }

    @Test
    void a_median_of_zero_has_no_spread() {
        assertThat(Statistics.spread(List.of(0.0, 0.0, 5.0))).isZero();
    }

    @Test
    void a_percentile_is_the_nearest_rank() {
        List<Double> values = java.util.stream.IntStream.rangeClosed(1, 200)
                .mapToObj(value -> (double) value)
                .toList();
        assertThat(Statistics.percentile(values, 0.99)).isEqualTo(198);
        assertThat(Statistics.percentile(values, 0.5)).isEqualTo(100);
        assertThat(Statistics.percentile(values, 1)).isEqualTo(200);
        assertThat(Statistics.percentile(List.of(5.0), 0.99)).isEqualTo(5);
    }

    @Test
    void nothing_can_be_said_of_nothing() {
        assertThatThrownBy(() -> Statistics.median(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
