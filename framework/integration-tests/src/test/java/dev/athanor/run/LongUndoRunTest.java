package dev.athanor.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.postgres.Database;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An undo that walks a table is one statement for the server; no {@code statement_timeout} of a database may end it. */
@AthanorPostgres
class LongUndoRunTest {
    private final TestDatabase server;
    private final Jdbc sql;
    private Migrations migrations;

    LongUndoRunTest(TestDatabase server) {
        this.server = server;
        this.sql = server.jdbc();
    }

    @BeforeEach
    void fresh(@TempDir Path folder) {
        sql.execute(
                "CREATE TABLE tickets (id int PRIMARY KEY, note text); INSERT INTO tickets VALUES (1, 'x'), (2, 'y');"
                        + "CREATE TABLE seen (timeout text);"
                        + "CREATE FUNCTION see() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                        + " INSERT INTO seen VALUES (current_setting('statement_timeout')); RETURN NEW; END $$;"
                        + "CREATE TRIGGER see BEFORE UPDATE ON tickets FOR EACH ROW EXECUTE FUNCTION see();"
                        + "ALTER DATABASE " + server.name() + " SET statement_timeout = '1min'");
        migrations = new Migrations(folder, server).with("1", """
                -- athanor:revision less
                -- athanor:operation drop-column table=tickets column=note type=text down="'again'"
                """);
    }

    @AfterEach
    void drop() {
        sql.execute("ALTER DATABASE " + server.name() + " RESET statement_timeout;"
                + " DROP SCHEMA athanor CASCADE; DROP TABLE tickets, seen; DROP FUNCTION see()");
    }

    @Test
    void it_may_run_for_as_long_as_it_takes_and_what_it_has_set_is_taken_back() {
        migrations.upgrade("heads");

        try (Database database = migrations.open()) {
            migrations.runner(database, builder -> builder).downgrade("base");
            String after = database.transactions()
                    .autocommit(session -> session.queryOne(
                                    "SELECT current_setting('statement_timeout') AS t", row -> row.string("t"))
                            .orElseThrow());
            assertThat(after).isEqualTo("1min");
        }

        assertThat(sql.texts("SELECT timeout FROM seen")).containsExactly("24d", "24d");
        assertThat(sql.number("SELECT count(*) FROM tickets WHERE note = 'again'"))
                .isEqualTo(2);
    }
}
