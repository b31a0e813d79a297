package dev.athanor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.embedded.EmbeddedServer;
import dev.athanor.embedded.EmbeddedSettings;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong at the database: told in one paragraph, with the right exit code, and nothing half done. */
@AthanorPostgres
class DatabaseErrorsTest {
    private static final String PASSWORD = "hunter2hunter2";
    private static final String HEAD = "-- athanor:revision broken\n\n";

    @TempDir
    private Path folder;

    private final TestDatabase database;
    private final Jdbc sql;
    private Cli cli;

    DatabaseErrorsTest(TestDatabase database) {
        this.database = database;
        this.sql = database.jdbc();
    }

    @BeforeEach
    void fresh() {
        sql.execute("DROP SCHEMA IF EXISTS athanor CASCADE; DROP TABLE IF EXISTS accounts, mark;"
                + "CREATE TABLE accounts (id bigint PRIMARY KEY, n int NOT NULL DEFAULT 0);"
                + "INSERT INTO accounts SELECT i FROM generate_series(1, 1000) i");
        cli = new Cli(folder).with("ATHANOR_URL", database.url());
    }

    private Cli broken(String sections) {
        return cli.file("migrations/broken.sql", HEAD + sections);
    }

    private Outcome.Refusal fails(int code, String... arguments) {
        Outcome outcome = cli.json(arguments).endsWith(code);
        assertThat(outcome.toString()).doesNotContain(PASSWORD);
        return outcome.refusal();
    }

    private boolean exists(String table) {
        return sql.number("SELECT count(to_regclass(?))", table) > 0;
    }

    @Test
    void wrongPassword() {
        try (EmbeddedServer server = EmbeddedServer.open(EmbeddedSettings.throwAway())) {
            broken("-- athanor:expand\nSELECT 1;\n")
                    .with(
                            "ATHANOR_URL",
                            "postgresql://" + server.user() + ":" + PASSWORD + "@127.0.0.1:" + server.port()
                                    + "/postgres");
            fails(2, "upgrade", "heads")
                    .is("wrong_password")
                    .says(server.user())
                    .advises("PGPASSWORD");
            assertThat(cli.run("status").endsWith(2).paragraph()).doesNotContain(PASSWORD);
        }
    }

    @Test
    void unknownDatabase() {
        broken("-- athanor:expand\nSELECT 1;\n")
                .with("ATHANOR_URL", database.url().replace(database.name(), "nowhere"));
        fails(2, "upgrade", "heads").is("unknown_database").says("nowhere").advises("--url");
    }

    @Test
    void roleThatMayNotCreateOurTables() {
        String role = role();
        broken("-- athanor:expand\nSELECT 1;\n").with("ATHANOR_URL", urlOf(role));
        fails(4, "upgrade", "heads").is("missing_right").says(role).advises("GRANT CREATE");
        assertThat(sql.number("SELECT count(*) FROM pg_namespace WHERE nspname = 'athanor'"))
                .isZero();
    }

    @Test
    void roleThatMayNotTouchTheTable() {
        String role = role();
        sql.execute("CREATE SCHEMA athanor AUTHORIZATION " + role + "; GRANT CREATE ON SCHEMA public TO " + role);
        broken("-- athanor:expand\nCREATE TABLE mark (a int);\nALTER TABLE accounts ADD COLUMN more int;\n")
                .with("ATHANOR_URL", urlOf(role));
        fails(4, "upgrade", "heads").says("broken", "accounts").advises("resume");
        assertThat(exists("mark")).isFalse();
    }

    @Test
    void statementThatFailsInTheMiddle() {
        broken("-- athanor:expand\nCREATE TABLE mark (a int);\nSELECT 1 / 0;\n"
                + "-- athanor:allow TB3 it is not reached\nDROP TABLE accounts;\n");
        assertThat(cli.run("upgrade", "heads").endsWith(4).paragraph())
                .contains("broken.sql:3", "division by zero", "athanor resume");
        assertThat(exists("mark")).isFalse();
        assertThat(exists("accounts")).isTrue();
        fails(4, "resume").says("division by zero", "SELECT 1 / 0");
    }

    @Test
    void unsetPlaceholder() {
        broken("-- athanor:expand\nCREATE TABLE mark (a int);\n\n-- athanor:contract\nDROP TABLE ${old_table};\n");
        fails(2, "upgrade", "heads").is("unset_placeholder").says("old_table").advises("--set");
        assertThat(exists("mark")).isFalse();
    }

    @Test
    void backfillOfATableThatIsNotThere() {
        broken("-- athanor:backfill table=nowhere\nUPDATE nowhere SET n = 1 WHERE ${chunk};\n");
        fails(4, "upgrade", "heads").says("nowhere", "broken");
    }

    @Test
    void verificationThatFindsRows() {
        broken("-- athanor:verify name=none-left\nSELECT count(*) FROM accounts WHERE n = 0;\n\n"
                + "-- athanor:contract\nDROP TABLE accounts;\n");
        Outcome text = cli.run("upgrade", "heads").endsWith(7);
        assertThat(text.paragraph()).contains("none-left", "1000 rows", "athanor resume");
        assertThat(exists("accounts")).isTrue();
    }

    @Test
    void severalHeads() {
        broken("-- athanor:expand\nCREATE TABLE mark (a int);\n")
                .file("migrations/b.sql", "-- athanor:revision other\n");
        fails(9, "upgrade", "head").is("multiple_heads").says("broken", "other").advises("heads");
        assertThat(exists("mark")).isFalse();
    }

    @Test
    void unknownTarget() {
        broken("-- athanor:expand\nCREATE TABLE mark (a int);\n");
        fails(9, "upgrade", "brokem").is("unknown_revision").advises("broken");
        assertThat(cli.run("upgrade", "-1").endsWith(9).paragraph()).contains("-1");
        assertThat(exists("mark")).isFalse();
    }

    private String role() {
        String role = "role_" + UUID.randomUUID().toString().replace("-", "");
        sql.execute("CREATE ROLE " + role + " LOGIN PASSWORD '" + PASSWORD + "'");
        return role;
    }

    private String urlOf(String role) {
        return database.url().replaceFirst("//[^@]*@", "//" + role + ":" + PASSWORD + "@");
    }
}
