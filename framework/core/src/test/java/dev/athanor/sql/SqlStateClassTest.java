package dev.athanor.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlStateClassTest {

    @ParameterizedTest
    @CsvSource({
        "40001, TRANSIENT",
        "40P01, TRANSIENT",
        "08006, TRANSIENT",
        "08P01, TRANSIENT",
        "57P01, TRANSIENT",
        "57P03, TRANSIENT",
        "57P05, TRANSIENT",
        "53300, TRANSIENT",
        "25P03, TRANSIENT",
        "57P04, OTHER",
        "55P03, LOCK_TIMEOUT",
        "57014, STATEMENT_TIMEOUT",
        "22012, DATA",
        "23505, DATA",
        "54000, DATA",
        "54001, OTHER",
        "42P01, OTHER",
        "25006, TRANSIENT",
        "53100, TRANSIENT",
        "53200, TRANSIENT",
        "53400, OTHER"
    })
    void classifies(String sqlState, SqlStateClass expected) {
        assertThat(SqlStateClass.of(sqlState)).isEqualTo(expected);
    }

    @Test
    void noStateIsOther() {
        assertThat(SqlStateClass.of(null)).isEqualTo(SqlStateClass.OTHER);
    }

    @ParameterizedTest
    @CsvSource({"TRANSIENT, true", "LOCK_TIMEOUT, true", "STATEMENT_TIMEOUT, false", "DATA, false", "OTHER, false"})
    void onlyPassingFaultsAreRetryable(SqlStateClass category, boolean retryable) {
        assertThat(category.retryable()).isEqualTo(retryable);
    }
}
