package dev.athanor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

@AthanorPostgres
class TestServersTest {
    @EachPostgres
    void aDatabaseOnEveryVersion(TestDatabase database, TestInfo info) {
        String version = database.jdbc().text("SHOW server_version");
        assertThat(info.getDisplayName()).startsWith("PostgreSQL " + version.substring(0, 2));
        assertThat(database.server().major()).isEqualTo(Integer.parseInt(version.substring(0, 2)));
        assertThat(database.server()).isSameAs(TestServers.of(database.server().major()));
        assertThat(database.jdbc().number("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"))
                .isZero();
    }

    @EachPostgres(from = 15, to = 16)
    void onSomeVersionsOnly(TestDatabase database) {
        assertThat(database.server().major()).isBetween(15, 16);
    }

    @Test
    void aCopyOfADatabase(TestDatabase shared) {
        try (TestDatabase template = shared.server().newDatabase()) {
            template.jdbc().execute("CREATE TABLE a AS SELECT 7 AS n");
            try (TestDatabase copy = shared.server().copyOf(template)) {
                assertThat(copy.jdbc().number("SELECT n FROM a")).isEqualTo(7);
                assertThat(copy.name()).isNotEqualTo(template.name());
            }
        }
    }

    @Test
    void narrowedByAProperty(@TempDir Path nothing) {
        try (ServerMatrix matrix = new ServerMatrix(Map.of(), "17, 14", nothing)) {
            assertThat(matrix.majors()).containsExactly(14, 17);
            assertThat(matrix.title(14)).isEqualTo("PostgreSQL 14 (not on 15, 16, 18: athanor.test.majors)");
            assertThatThrownBy(() -> matrix.server(15))
                    .hasMessage("There is no server of PostgreSQL 15 here (not on 15, 16, 18: athanor.test.majors)");
            assertThatThrownBy(() -> matrix.server(17))
                    .hasMessageContaining("no binaries of PostgreSQL 17 ('" + nothing.resolve("17.jar"));
        }
        try (ServerMatrix wrong = new ServerMatrix(Map.of(), "13", nothing)) {
            assertThatThrownBy(wrong::majors).hasMessageContaining("athanor.test.majors is '13'");
        }
    }

    @Test
    void aGivenServerHasItsVersionOnly(TestDatabase given, @TempDir Path nothing) {
        try (ServerMatrix matrix = new ServerMatrix(Map.of("ATHANOR_TEST_URL", given.url()), "", nothing)) {
            int major = given.server().major();
            assertThat(matrix.majors()).containsExactly(major);
            assertThat(matrix.title(major))
                    .startsWith("PostgreSQL " + major + " (not on ")
                    .endsWith(": the environment gives the server)");
            assertThat(matrix.server(major).major()).isEqualTo(major);
        }
    }
}
