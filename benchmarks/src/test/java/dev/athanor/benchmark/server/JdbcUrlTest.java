package dev.athanor.benchmark.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcUrlTest {
    @ParameterizedTest
    @CsvSource({
        "postgresql://me:p%26w@host:5433/db?sslmode=require, jdbc:postgresql://host:5433/db?user=me&password=p%26w&sslmode=require",
        "postgresql://me:a+b&c@host/db, jdbc:postgresql://host/db?user=me&password=a%2Bb%26c",
        "postgresql://me@host, jdbc:postgresql://host/?user=me",
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "host/db",
                "jdbc:postgresql://host/db",
                "postgresql:///db",
                "postgresql://me:secret@one,two/db",
                "postgresql://me:secret@my host/db",
                "postgresql://me:se^cret@host/db",
                "postgresql://me:secret@host:many/db",
                "postgresql://host/db?sslmode=require&dbname=other",
                "postgresql://host/db?password=secret"
            })
    void refuses_what_does_not_name_one_database_of_one_server(String libpq) {
        assertThatThrownBy(() -> JdbcUrl.check(libpq))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("--url")
                .hasMessageNotContainingAny("secret", "se^cret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://me:p%26w@host:5433/db?sslmode=require",
                "postgres://host",
                "postgresql://[::1]:5432/db"
            })
    void takes_the_rest(String libpq) {
        JdbcUrl.check(libpq);
        assertThat(JdbcUrl.of(libpq)).startsWith("jdbc:postgresql://");
    }
}
