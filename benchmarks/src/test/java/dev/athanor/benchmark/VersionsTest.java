package dev.athanor.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VersionsTest {
    @Test
    void are_read_off_the_class_path() {
        assertThat(Versions.of("/x/postgresql-42.7.11.jar:/x/r2dbc-postgresql-1.1.1.RELEASE.jar:/x/classes", ":"))
                .containsEntry("postgresql", "42.7.11")
                .containsEntry("r2dbc-postgresql", "1.1.1.RELEASE")
                .hasSize(2);
    }
}
