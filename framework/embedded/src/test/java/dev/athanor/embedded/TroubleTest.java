package dev.athanor.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong on users' machines. */
class TroubleTest {
    @TempDir
    Path folder;

    @Test
    void takenPortIsReplaced() throws IOException, SQLException {
        int before = portOfOneRun();
        try (ServerSocket thief = new ServerSocket(before, 1, InetAddress.getByName("127.0.0.1"));
                EmbeddedServer server = EmbeddedServer.open(settings())) {
            assertThat(server.port()).isNotEqualTo(thief.getLocalPort());
            assertThat(Queries.text(server, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void portIsKeptBetweenRuns() {
        assertThat(portOfOneRun()).isEqualTo(portOfOneRun());
    }

    @Test
    void processIdOfADeadServerNowBelongsToAnotherProcess() throws IOException, SQLException {
        portOfOneRun();
        String stale = ProcessHandle.current().pid() + "\n" + folder.resolve("data") + "\n1\n5432\n\n127.0.0.1\n";
        Files.writeString(folder.resolve("data/postmaster.pid"), stale);
        try (EmbeddedServer server = EmbeddedServer.open(settings())) {
            assertThat(Queries.text(server, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void initdbThatWasKilledIsBegunAnew() throws IOException, SQLException {
        Files.createDirectories(folder.resolve("data.unfinished/base"));
        try (EmbeddedServer server = EmbeddedServer.open(settings())) {
            assertThat(Queries.text(server, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void dataOfAnotherMajorVersion() throws IOException {
        portOfOneRun();
        Files.writeString(folder.resolve("data/PG_VERSION"), "9\n");
        refused("embedded_other_major_version", "made by PostgreSQL 9");
    }

    @Test
    void lostPassword() throws IOException {
        portOfOneRun();
        Files.delete(folder.resolve("password"));
        refused("embedded_password_lost", "password' is missing");
    }

    @Test
    void wrongPassword() throws IOException {
        portOfOneRun();
        Files.writeString(folder.resolve("password"), "wrong\n");
        refused("embedded_not_answering", "password authentication failed");
        assertThat(folder.resolve("data/postmaster.pid")).doesNotExist();
    }

    @Test
    void settingThatTheServerRefuses() throws IOException {
        portOfOneRun();
        EmbeddedSettings wrong = settings().withServerSetting("shared_buffers", "plenty");
        assertThatExceptionOfType(EmbeddedPostgresException.class)
                .isThrownBy(() -> EmbeddedServer.open(wrong))
                .withMessageContaining("invalid value for parameter \"shared_buffers\"")
                .satisfies(e -> assertThat(e.code()).isEqualTo("embedded_start_failed"))
                .satisfies(e -> assertThat(e.hint()).contains("server.log"));
    }

    @Test
    void folderThatIsAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatExceptionOfType(EmbeddedPostgresException.class)
                .isThrownBy(() -> EmbeddedServer.open(EmbeddedSettings.in(file)))
                .withMessageContaining(file.toString())
                .satisfies(e -> assertThat(e.code()).isEqualTo("embedded_directory_not_usable"));
    }

    @Test
    void alterSystemWinsOverOurSettings() throws SQLException {
        EmbeddedSettings settings = settings().withServerSetting("work_mem", "5MB");
        try (EmbeddedServer server = EmbeddedServer.open(settings)) {
            assertThat(Queries.text(server, "SHOW work_mem")).isEqualTo("5MB");
            Queries.execute(server, "ALTER SYSTEM SET work_mem = '6MB'");
            server.restart(StopMode.FAST);
            assertThat(Queries.text(server, "SHOW work_mem")).isEqualTo("6MB");
        }
    }

    private EmbeddedSettings settings() {
        return EmbeddedSettings.in(folder);
    }

    private int portOfOneRun() {
        try (EmbeddedServer server = EmbeddedServer.open(settings())) {
            return server.port();
        }
    }

    private void refused(String code, String containing) {
        assertThatExceptionOfType(EmbeddedPostgresException.class)
                .isThrownBy(() -> EmbeddedServer.open(settings()))
                .withMessageContaining(containing)
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    }
}
