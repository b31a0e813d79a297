package dev.athanor.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowCountsTest {
    @ParameterizedTest
    @CsvSource({"10k,10000", "1m,1000000", "10M,10000000", "250000,250000", "1_000,1000", "1,1"})
    void reads_what_people_write(String text, long rows) {
        assertThat(RowCounts.parse(text)).isEqualTo(rows);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "many", "1.5m", "-5", "10g", "k"})
    void refuses_the_rest(String text) {
        assertThatThrownBy(() -> RowCounts.parse(text)).hasMessageContaining("is no number of rows");
    }

    @Test
    void refuses_none() {
        assertThatThrownBy(() -> RowCounts.parse("0")).hasMessageContaining("no rows");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1001m", "9223372036854775807k", "99999999999999999999999"})
    void refuses_what_no_disk_holds(String text) {
        assertThatThrownBy(() -> RowCounts.parse(text)).hasMessageContaining("is more than the");
    }
}
