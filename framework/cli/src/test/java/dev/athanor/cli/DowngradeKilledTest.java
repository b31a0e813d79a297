package dev.athanor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A downgrade that is killed in the middle: what is undone stays undone, is not undone twice, and the rest is resumed. */
@AthanorPostgres
class DowngradeKilledTest {
    private static final String NOTES = """
            -- athanor:revision notes

            -- athanor:expand
            CREATE TABLE notes (id int PRIMARY KEY);
            -- athanor:contract
            ALTER TABLE notes ADD CONSTRAINT positive CHECK (id > 0);

            -- athanor:undo contract
            INSERT INTO undone VALUES ('first');
            -- athanor:undo contract
            LOCK TABLE gate;
            ALTER TABLE notes DROP CONSTRAINT positive;
            -- athanor:undo expand
            DROP TABLE notes;
            """;

    private final TestDatabase database;
    private final Jdbc sql;

    DowngradeKilledTest(TestDatabase database) {
        this.database = database;
        this.sql = database.jdbc();
    }

    @Test
    void isResumedWhereItStood(@TempDir Path folder) throws SQLException {
        sql.execute("CREATE TABLE gate (); CREATE TABLE undone (what text)");
        Cli cli = new Cli(folder).with("ATHANOR_URL", database.url()).file("migrations/notes.sql", NOTES);
        cli.run("upgrade", "head").endsWith(0);
        try (Connection lock = sql.connect();
                Running downgrade = cli.start("downgrade", "base", "--yes")) {
            lock.setAutoCommit(false);
            lock.createStatement().execute("LOCK TABLE gate");
            await("the second section waits")
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> sql.number("SELECT count(*) FROM pg_locks WHERE relation = 'gate'::regclass"
                                    + " AND NOT granted")
                            > 0);
            downgrade.signal("KILL");
            assertThat(downgrade.ending().code()).isEqualTo(137);
            lock.rollback();
        }
        assertThat(sql.texts("SELECT what FROM undone")).containsExactly("first");
        JsonNode status = cli.json("status").endsWith(0).json();
        assertThat(status.path("revisions").get(0).path("undoing").booleanValue())
                .isTrue();
        assertThat(status.path("heads")).isEmpty();
        assertThat(cli.run("status").endsWith(0).out()).contains("being undone: notes", "athanor resume");

        JsonNode resumed = cli.json("resume", "--takeover").endsWith(0).json();

        assertThat(resumed.path("steps")).hasToString("[[\"downgrade\",\"notes\"]]");
        assertThat(sql.texts("SELECT what FROM undone")).containsExactly("first");
        assertThat(sql.text("SELECT to_regclass('notes')::text")).isNull();
        assertThat(sql.number("SELECT count(*) FROM athanor.revision")).isZero();
        cli.run("upgrade", "head").endsWith(0);
    }
}
