package dev.athanor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.embedded.StopMode;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestServerTest {
    @Test
    void dedicatedServerCanBeStoppedKilledAndStarted() {
        try (TestServer server = TestServer.dedicated();
                TestDatabase database = server.newDatabase()) {
            database.jdbc().execute("CREATE TABLE kept AS SELECT 42 AS answer");
            String url = database.url();
            server.restart(StopMode.IMMEDIATE);
            assertThat(database.jdbc().number("SELECT answer FROM kept")).isEqualTo(42);
            server.kill();
            assertThatThrownBy(() -> database.jdbc().text("SELECT 1")).hasMessageContaining("SQLSTATE 08001");
            server.start();
            assertThat(database.jdbc().number("SELECT answer FROM kept")).isEqualTo(42);
            assertThat(database.url()).isEqualTo(url);
        }
    }

    @Test
    void givenServerIsUsedAndLeftAlone() {
        try (TestServer own = TestServer.dedicated()) {
            Map<String, String> environment = Map.of("ATHANOR_TEST_URL", own.url("athanor"));
            TestServer given = TestServer.chosen(environment);
            assertThat(given.canRestart()).isFalse();
            assertThatThrownBy(given::kill).hasMessageContaining("TestServer.dedicated()");
            String name;
            try (TestDatabase database = given.newDatabase()) {
                name = database.name();
                assertThat(database.jdbc().text("SELECT current_database()")).isEqualTo(name);
            }
            given.close();
            Jdbc jdbc = new Jdbc(own.maintenance());
            assertThat(jdbc.rows("SELECT 1 FROM pg_database WHERE datname = ?", name))
                    .isEmpty();
        }
    }

    @Test
    void noServerIsAFailureThatNamesTheServer() {
        TestServer nowhere = TestServer.chosen(Map.of("ATHANOR_TEST_URL", "postgresql://me:secret@127.0.0.1:1/x"));
        assertThatThrownBy(nowhere::newDatabase)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("127.0.0.1:1 (user me)")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> TestServer.chosen(Map.of("ATHANOR_TEST_URL", "localhost/x")))
                .hasMessageContaining("ATHANOR_TEST_URL");
    }
}
