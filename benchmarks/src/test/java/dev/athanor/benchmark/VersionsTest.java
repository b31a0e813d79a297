package dev.athanor.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionsTest {
    @Test
    void are_read_off_the_class_path() {
        assertThat(Versions.of("/x/postgresql-42.7.11.jar:/x/r2dbc-postgresql-1.1.1.RELEASE.jar:/x/classes", ":"))
                .containsEntry("postgresql", "42.7.11")
                .containsEntry("r2dbc-postgresql", "1.1.1.RELEASE")
                .hasSize(2);
    }

    @Test
    void our_own_is_the_state_of_the_checkout() {
        assertThat(Versions.checkout(Path.of(".")))
                .hasValueSatisfying(state -> assertThat(state).matches("\\S+"));
    }

    @Test
    void outside_a_checkout_there_is_none(@TempDir Path folder) {
        assertThat(Versions.checkout(folder)).isEmpty();
        assertThat(Versions.checkout(folder.resolve("gone"))).isEmpty();
    }
}
