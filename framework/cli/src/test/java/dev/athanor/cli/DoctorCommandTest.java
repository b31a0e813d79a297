package dev.athanor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What doctor finds, whatever state the ledger is in. */
@AthanorPostgres
class DoctorCommandTest {
    private static final String LOG = """
            -- athanor:revision log
            -- athanor:expand
            CREATE TABLE log (id int PRIMARY KEY, n int);
            -- athanor:contract
            ALTER TABLE log ADD CHECK (id > 0);
            -- athanor:undo contract
            ALTER TABLE nowhere DROP CONSTRAINT log_id_check;
            -- athanor:undo expand
            DROP TABLE log;
            """;

    private final TestDatabase database;
    private final Jdbc sql;
    private Cli cli;

    DoctorCommandTest(TestDatabase database) {
        this.database = database;
        this.sql = database.jdbc();
    }

    @BeforeEach
    void fresh(@TempDir Path folder) {
        sql.execute("DROP SCHEMA IF EXISTS athanor CASCADE; DROP TABLE IF EXISTS log");
        cli = new Cli(folder).with("ATHANOR_URL", database.url()).file("migrations/log.sql", LOG);
    }

    @Test
    void aFreshDatabaseAndAnUpgradedOneAreHealthy() {
        JsonNode fresh = cli.json("doctor").endsWith(0).json();
        assertThat(fresh.path("success").booleanValue()).isTrue();
        assertThat(fresh.path("findings").get(0).propertyNames())
                .containsExactly("severity", "object", "finding", "remedy");
        assertThat(cli.run("doctor").endsWith(0).out())
                .contains(
                        "ok: server PostgreSQL ",
                        "note: state schema \"athanor\" is not there yet",
                        "1 revision is pending",
                        "\n    athanor upgrade heads\n");
        assertThat(sql.text("SELECT to_regnamespace('athanor')::text")).isNull();
        cli.run("upgrade", "head").endsWith(0);
        assertThat(cli.run("doctor").endsWith(0).out()).contains("ok: ledger every revision is applied");
    }

    @Test
    void everyTroubleOfTheLedgerHasItsRemedy() throws IOException {
        cli.run("upgrade", "head", "--phase", "expand").endsWith(0);
        assertThat(cli.run("doctor").endsWith(7).out())
                .contains(
                        "warning: revision log has done its expand phase; next is backfill",
                        "athanor upgrade log --phase");
        cli.run("upgrade", "head").endsWith(0);
        cli.file("migrations/log.sql", LOG.replace("n int", "n bigint"));
        assertThat(cli.run("doctor").endsWith(7).out())
                .contains("problem: revision log has changed since it was run", "athanor revision -m");
        cli.file("migrations/log.sql", LOG);
        cli.run("downgrade", "base", "--yes").endsWith(4);
        assertThat(cli.run("doctor").endsWith(7).out())
                .contains(
                        "warning: revision log is half undone; next is its contract",
                        "warning: run of a downgrade of log was begun",
                        "    Go on: athanor resume");
        Files.delete(cli.folder().resolve("migrations/log.sql"));
        cli.file("migrations/other.sql", "-- athanor:revision other\n");
        JsonNode report = cli.json("doctor").endsWith(7).json();
        assertThat(report.path("success").booleanValue()).isFalse();
        assertThat(report.toString()).contains("is in the ledger, and no file has it", "athanor stamp --purge");
    }

    @Test
    void leftOversAndMissingRightsAreFound() {
        cli.run("upgrade", "head").endsWith(0);
        sql.execute(
                "INSERT INTO log VALUES (1, 7), (2, 7); ALTER TABLE log ADD CONSTRAINT small CHECK (n < 9) NOT VALID");
        try {
            sql.execute("CREATE UNIQUE INDEX CONCURRENTLY \"left; over\" ON log (n)");
        } catch (IllegalStateException expected) {
            assertThat(expected).hasMessageContaining("23505");
        }
        assertThat(cli.run("doctor").endsWith(7).out())
                .contains(
                        "warning: index public.\"left; over\" is invalid",
                        "DROP INDEX CONCURRENTLY public.\"left; over\";")
                .contains(
                        "note: constraint small on public.log is NOT VALID",
                        "ALTER TABLE public.log VALIDATE CONSTRAINT small;");
        sql.execute("DROP TABLE log; CREATE ROLE doctor_guest LOGIN PASSWORD 'guest'");
        try {
            String guest = database.url().replaceFirst("//[^@]*@", "//doctor_guest:guest@");
            assertThat(cli.with("ATHANOR_URL", guest).run("doctor").endsWith(7).out())
                    .contains("problem: state schema", "may not use the state schema", "GRANT USAGE");
        } finally {
            sql.execute("DROP ROLE doctor_guest");
        }
    }

    @Test
    void aStateSchemaOfAnOlderVersionIsRead() {
        cli.run("upgrade", "head").endsWith(0);
        sql.execute("DROP TABLE athanor.backfill_vitals; DROP INDEX athanor.command_open;"
                + "ALTER TABLE athanor.command DROP COLUMN old_value, DROP COLUMN new_value, DROP COLUMN obeyed_by;"
                + "ALTER TABLE athanor.quarantine DROP COLUMN retry, DROP COLUMN attempts;"
                + "ALTER TABLE athanor.backfill_range DROP COLUMN rows_quarantined, DROP COLUMN failed_key,"
                + " DROP COLUMN sqlstate;"
                + "ALTER TABLE athanor.backfill DROP COLUMN control_version, DROP COLUMN paused_by,"
                + " DROP COLUMN paused_reason, DROP COLUMN paused_at, DROP COLUMN cancelled_by,"
                + " DROP COLUMN cancelled_reason, DROP COLUMN cancelled_at, DROP COLUMN max_rows_per_second,"
                + " DROP COLUMN chunk_size, DROP COLUMN target_chunk_ms, DROP COLUMN workers, DROP COLUMN skip_limit;"
                + "DROP TABLE athanor.snapshot; ALTER TABLE athanor.run DROP COLUMN action;"
                + "ALTER TABLE athanor.revision DROP COLUMN undoing, DROP COLUMN stamped;"
                + "DELETE FROM athanor.schema_version WHERE version > 2");
        assertThat(cli.run("doctor").endsWith(0).out()).contains("is of an older Athanor");
        cli.run("status", "--check").endsWith(0);
        cli.run("check").endsWith(0);
        cli.run("downgrade", "-1").endsWith(8);
        assertThat(cli.run("upgrade", "head").endsWith(0).out()).contains("Nothing to do.");
        assertThat(cli.run("doctor").endsWith(0).out()).contains("is there, and may be used");
        sql.execute("INSERT INTO athanor.schema_version (version) VALUES (99)");
        assertThat(cli.run("doctor").endsWith(7).out())
                .contains("problem: state schema", "version 99")
                .containsOnlyOnce("version 99")
                .doesNotContain("ok: ledger");
        cli.json("status").endsWith(8).refusal().is("state_schema_too_new");
    }
}
