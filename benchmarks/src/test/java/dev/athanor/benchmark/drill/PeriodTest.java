package dev.athanor.benchmark.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.benchmark.drill.ConstantLoad.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeriodTest {
    private static final long MILLI = 1_000_000;
    private final Period period = new Period(
            1_000 * MILLI,
            List.of(
                    new Statement(1_000 * MILLI, 2 * MILLI, false),
                    new Statement(1_100 * MILLI, 4 * MILLI, true),
                    new Statement(1_450 * MILLI, 9 * MILLI, false)),
            0);

    @Test
    void latencies_are_in_milliseconds() {
        assertThat(period.millis(0.5)).isEqualTo(4);
        assertThat(period.millis(1)).isEqualTo(9);
        assertThat(period.errors()).isEqualTo(1);
        assertThat(period.count()).isEqualTo(3);
    }

    @Test
    void over_time_each_window_has_its_own() {
        var series = period.overTime("beside");
        assertThat(series.seconds()).containsExactly(0.0, 0.4);
        assertThat(series.values()).containsExactly(4.0, 9.0);
    }

    @Test
    void no_statement_took_no_time() {
        assertThat(new Period(0, List.of(), 0).millis(0.99)).isZero();
    }
}
