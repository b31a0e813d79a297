package dev.athanor.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.athanor.ledger.BackfillFacts.OpenRange;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForecastTest {

    @Test
    void nothing_is_said_to_be_finished_before_it_is() {
        assertThat(Forecast.percent(0, 100, false)).isZero();
        assertThat(Forecast.percent(41, 100, false)).isEqualTo(41);
        assertThat(Forecast.percent(100, 100, false)).isEqualTo(99.9);
        assertThat(Forecast.percent(250, 100, false)).isEqualTo(99.9);
        assertThat(Forecast.percent(99_999, 100_000, false)).isEqualTo(99.9);
        assertThat(Forecast.percent(90, 100, true)).isEqualTo(100);
        assertThat(Forecast.percent(0, 0, false)).isZero();
        assertThat(Forecast.percent(0, 0, true)).isEqualTo(100);
    }

    @Test
    void the_end_is_foretold_from_one_percent_on() {
        assertThat(Forecast.left(999, 100_000, 0, 1000)).isNull();
        assertThat(Forecast.left(1000, 100_000, 0, 1000)).isEqualTo(Duration.ofSeconds(99));
        assertThat(Forecast.left(50, 100, 0, 0)).isNull();
        assertThat(Forecast.left(0, 0, 0, 10)).isNull();
    }

    @Test
    void a_table_that_is_larger_than_estimated_is_foretold_by_its_key() {
        assertThat(Forecast.left(200, 100, 0.5, 100)).isEqualTo(Duration.ofSeconds(2));
        assertThat(Forecast.left(200, 100, 0, 100)).isEqualTo(Duration.ZERO);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 100, 25, 0.25",
        "-100, 100, 0, 0.5",
        "0.5, 1.5, 0.75, 0.25",
        "9223372036854775807, 9223372036854775907, 9223372036854775857, 0.5",
        "2026-01-01, 2026-01-11, 2026-01-03, 0.2",
        "2026-01-01T00:00:00, 2026-01-01T01:00:00, 2026-01-01T00:15:00.000000, 0.25",
        "2026-01-01T00:00:00+00:00, 2026-01-01T02:00:00+01:00, 2026-01-01T00:30:00+00:00, 0.5",
        "00000000-0000-0000-0000-000000000000, 80000000-0000-0000-0000-000000000000,"
                + " 20000000-0000-0000-0000-000000000000, 0.25",
    })
    void numbers_times_and_uuids_have_a_place_between_their_bounds(
            String lower, String upper, String cursor, double share) {
        assertThat(KeyPosition.between(new OpenRange(lower, upper, cursor, 1)))
                .hasValueSatisfying(found -> assertThat(found).isCloseTo(share, within(1e-9)));
    }

    @ParameterizedTest
    @CsvSource({
        "'', 100, 25",
        "a, z, m",
        "100, 100, 100",
        "-infinity, infinity, 2026-01-01T00:00:00",
        "ffff, 2026-01-01, 5",
        "1e999999999999, 5, 7",
    })
    void what_has_none_says_so(String lower, String upper, String cursor) {
        assertThat(KeyPosition.between(new OpenRange(lower, upper, cursor, 1))).isEmpty();
    }
}
