package dev.athanor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong before a database is reached: one paragraph or one JSON object, the right exit code, no password. */
class ErrorsTest {
    private static final String PASSWORD = "hunter2hunter2";

    @TempDir
    private Path folder;

    private Cli cli;

    @BeforeEach
    void oneRevision() {
        cli = new Cli(folder).file("migrations/a.sql", "-- athanor:revision a\n\n-- athanor:expand\nSELECT 1;\n");
    }

    /** The same error in both forms. */
    private Outcome.Refusal fails(int code, String... arguments) {
        Outcome json;
        Outcome text;
        try (Running running = cli.start(arguments)) {
            json = cli.json(arguments).endsWith(code);
            text = running.ending().endsWith(code);
        }
        Outcome.Refusal refusal = json.refusal();
        assertThat(text.paragraph())
                .isEqualToNormalizingNewlines("error: " + refusal.message() + "\nhint: " + refusal.hint() + "\n");
        assertThat(text.err() + json).doesNotContain(PASSWORD);
        return refusal;
    }

    @Test
    void noDatabase() {
        fails(2, "upgrade", "heads").is("no_database").advises("--url", "--embedded");
    }

    @Test
    void wrongFormOfUrl() {
        fails(2, "status", "--url", "mysql://me:" + PASSWORD + "@localhost/db")
                .is("invalid_url")
                .advises("postgresql://");
    }

    @Test
    void wrongPort() {
        fails(2, "status", "--url", "postgresql://me:" + PASSWORD + "@localhost:port/db")
                .is("invalid_url")
                .says("'port'");
    }

    @Test
    void passwordInAMistypedOption() {
        fails(2, "status", "--ur=postgresql://me:" + PASSWORD + "@localhost/db")
                .is("unknown_argument")
                .says("--ur=")
                .advises("'--url'");
    }

    @Test
    void passwordThatIsNoArgument() {
        fails(2, "upgrade", "heads", "postgresql://me:" + PASSWORD + "@localhost/db")
                .is("unknown_argument");
    }

    @Test
    void passwordInABrokenSettingsFile() {
        cli.file("athanor.yaml", "url: postgresql://me:" + PASSWORD + "@localhost/db\n\tbroken: [\n");
        fails(2, "status").is("invalid_settings_file").says("athanor.yaml: line 2: is no YAML");
    }

    @Test
    void serverDown() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        fails(4, "upgrade", "heads", "--url", "postgresql://me:" + PASSWORD + "@127.0.0.1:" + port + "/db")
                .is("connection_refused")
                .says("127.0.0.1:" + port)
                .advises("--url");
    }

    @Test
    void unknownHost() {
        fails(4, "upgrade", "heads", "--url", "postgresql://me:" + PASSWORD + "@nowhere.invalid/db")
                .is("connection_refused")
                .says("nowhere.invalid");
    }

    @Test
    void missingFolder() {
        fails(2, "history", "--migrations", "nowhere")
                .is("migrations_folder_missing")
                .says("'nowhere'")
                .advises("--migrations");
    }

    @Test
    void allFaultsOfAllFiles() {
        cli.file("migrations/b.sql", "-- athanor:revisoin b\n\n-- athanor:expand\nSELECT 'open;\n")
                .file(
                        "migrations/c.sql",
                        "-- athanor:revision c\n\n-- athanor:backfill table=t\nUPDATE t SET a = 1;\n");
        fails(2, "upgrade", "heads", "--url", "postgresql://me@127.0.0.1:1/db")
                .is("invalid_revision_file")
                .says("migrations/b.sql:1", "migrations/c.sql:4", "${chunk}");
    }

    @Test
    void chunkTwice() {
        cli.file(
                "migrations/c.sql",
                "-- athanor:revision c\n\n-- athanor:backfill table=t\nUPDATE t SET a = 1 WHERE ${chunk} OR ${chunk};\n");
        fails(2, "history").is("invalid_revision_file").says("migrations/c.sql:4", "${chunk}");
    }

    @Test
    void unknownCommandAndOption() {
        fails(2, "upgrad", "heads").is("unknown_command").says("'upgrad'").advises("'upgrade'");
        fails(2, "upgrade", "heads", "--phse", "expand").is("unknown_argument").advises("'--phase'");
    }

    @Test
    void usage() {
        fails(2, "upgrade").is("usage").says("TARGET");
        fails(2, "upgrade", "heads", "--phase", "expnd").is("usage").says("expnd", "expand, backfill, contract");
        fails(2, "history", "--set", "novalue").is("usage").says("--set", "novalue");
        fails(2).is("usage");
    }

    @Test
    void unknownRevision() {
        cli.file("migrations/b.sql", "-- athanor:revision abcd1234\n-- athanor:revises a\n");
        fails(9, "show", "abcd1243").is("unknown_revision").says("abcd1243").advises("abcd1234");
    }

    @Test
    void unsoundGraph() {
        cli.file("migrations/b.sql", "-- athanor:revision b\n-- athanor:revises gone\n");
        fails(9, "history").says("gone");
    }
}
