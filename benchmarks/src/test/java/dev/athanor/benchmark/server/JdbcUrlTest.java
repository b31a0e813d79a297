package dev.athanor.benchmark.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JdbcUrlTest {
    @ParameterizedTest
    @CsvSource({
        "postgresql://me:p%26w@host:5433/db?sslmode=require, jdbc:postgresql://host:5433/db?user=me&password=p%26w&sslmode=require",
        "postgresql://me@host/db, jdbc:postgresql://host/db?user=me",
        "postgresql://host/db?sslmode=disable, jdbc:postgresql://host/db?sslmode=disable"
    })
    void puts_the_login_where_the_driver_looks(String libpq, String jdbc) {
        assertThat(JdbcUrl.of(libpq)).isEqualTo(jdbc);
    }

    @Test
    void names_another_database_of_the_same_server() {
        assertThat(JdbcUrl.otherDatabase("postgresql://me:pw@host:5433/db?sslmode=require", "other"))
                .isEqualTo("postgresql://me:pw@host:5433/other?sslmode=require");
    }
}
