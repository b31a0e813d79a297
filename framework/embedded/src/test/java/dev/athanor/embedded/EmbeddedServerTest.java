package dev.athanor.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedServerTest {
    @TempDir
    Path folder;

    @Test
    void keepsDataBetweenRuns() throws SQLException {
        EmbeddedSettings settings = EmbeddedSettings.in(folder.resolve("it's a folder"));
        try (EmbeddedServer server = EmbeddedServer.open(settings)) {
            Queries.execute(server, "CREATE TABLE kept AS SELECT 42 AS answer");
            assertThat(Queries.text(server, "SHOW fsync")).isEqualTo("on");
        }
        try (EmbeddedServer server = EmbeddedServer.open(settings)) {
            assertThat(Queries.text(server, "SELECT answer FROM kept")).isEqualTo("42");
        }
    }

    @Test
    void handlesOfOneProcessShareTheServerAndTheLastOneStopsIt() throws SQLException {
        EmbeddedSettings settings = EmbeddedSettings.in(folder);
        EmbeddedServer first = EmbeddedServer.open(settings);
        EmbeddedServer second = EmbeddedServer.open(settings);
        long postmaster = first.processId();
        assertThat(second.processId()).isEqualTo(postmaster);
        first.close();
        first.close();
        assertThat(Queries.text(second, "SELECT 1")).isEqualTo("1");
        second.close();
        assertThat(Processes.isAlive(postmaster)).isFalse();
    }

    @Test
    void throwAwayServerLeavesNothing() throws SQLException, IOException {
        EmbeddedSettings settings = EmbeddedSettings.throwAway();
        try (EmbeddedServer server = EmbeddedServer.open(settings)) {
            assertThat(Queries.text(server, "SHOW fsync")).isEqualTo("off");
        }
        assertThat(settings.directory()).doesNotExist();
    }

    @Test
    void recoversFromAKilledPostmaster() throws SQLException {
        try (EmbeddedServer server = EmbeddedServer.open(EmbeddedSettings.in(folder))) {
            Queries.execute(server, "CREATE TABLE kept AS SELECT 42 AS answer");
            long postmaster = server.processId();
            server.kill();
            assertThat(Processes.isAlive(postmaster)).isFalse();
            server.start();
            assertThat(Queries.text(server, "SELECT answer FROM kept")).isEqualTo("42");
            assertThat(server.processId()).isNotEqualTo(postmaster);
        }
    }

    @Test
    void restartsOnTheSamePort() throws SQLException {
        try (EmbeddedServer server = EmbeddedServer.open(EmbeddedSettings.throwAway())) {
            int port = server.port();
            server.restart(StopMode.IMMEDIATE);
            assertThat(server.port()).isEqualTo(port);
            assertThat(Queries.text(server, "SHOW server_encoding")).isEqualTo("UTF8");
        }
    }

    @Test
    void passwordIsReadableByTheOwnerOnly() throws IOException {
        try (EmbeddedServer server = EmbeddedServer.open(EmbeddedSettings.in(folder))) {
            assertThat(Files.getPosixFilePermissions(folder.resolve("password")))
                    .hasSize(2);
            assertThat(server.url()).startsWith("postgresql://postgres:" + server.password() + "@127.0.0.1:");
        }
    }
}
