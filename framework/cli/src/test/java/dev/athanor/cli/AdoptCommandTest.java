package dev.athanor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Taking over from other tools, whose version tables are made here as those tools make them. */
@AthanorPostgres
class AdoptCommandTest {
    private static final String ALEMBIC = """
            CREATE TABLE alembic_version (
              version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))""";
    private static final String FLYWAY = """
            CREATE TABLE %s (
              installed_rank INT NOT NULL PRIMARY KEY, version VARCHAR(50), description VARCHAR(200) NOT NULL,
              type VARCHAR(20) NOT NULL, script VARCHAR(1000) NOT NULL, checksum INTEGER,
              installed_by VARCHAR(100) NOT NULL DEFAULT 'me', installed_on TIMESTAMP NOT NULL DEFAULT now(),
              execution_time INTEGER NOT NULL DEFAULT 1, success BOOLEAN NOT NULL)""";
    private static final String LIQUIBASE = """
            CREATE TABLE databasechangelog (
              id VARCHAR(255) NOT NULL, author VARCHAR(255) NOT NULL, filename VARCHAR(255) NOT NULL,
              dateexecuted TIMESTAMP NOT NULL DEFAULT now(), orderexecuted INTEGER NOT NULL,
              exectype VARCHAR(10) NOT NULL, md5sum VARCHAR(35), description VARCHAR(255), comments VARCHAR(255),
              tag VARCHAR(255), liquibase VARCHAR(20), contexts VARCHAR(255), labels VARCHAR(255),
              deployment_id VARCHAR(10))""";

    private final TestDatabase database;
    private final Jdbc sql;
    private Cli cli;

    AdoptCommandTest(TestDatabase database) {
        this.database = database;
        this.sql = database.jdbc();
    }

    @BeforeEach
    void fresh(@TempDir Path folder) {
        sql.execute("DROP SCHEMA IF EXISTS athanor, elsewhere, other, \"tick\"\"ets; drop\" CASCADE;"
                + "DROP TABLE IF EXISTS alembic_version, flyway_schema_history, databasechangelog");
        cli = new Cli(folder).with("ATHANOR_URL", database.url());
    }

    private void revisions(Map<String, String> parents) {
        parents.forEach((id, parent) -> cli.file(
                "migrations/" + id + ".sql", "-- athanor:revision " + id + "\n-- athanor:revises " + parent + "\n"));
    }

    private void flyway(String table, int rank, String version, String type, boolean success) {
        sql.update(
                "INSERT INTO " + table + " (installed_rank, version, description, type, script, success)"
                        + " VALUES (?, ?, 'step ' || ?, ?, 'x.sql', ?)",
                rank,
                version,
                rank,
                type,
                success);
    }

    private List<String> ledger() {
        return sql.texts("SELECT id FROM athanor.revision WHERE phase = 'contract' AND stamped ORDER BY id");
    }

    @Test
    void alembicHeadsBecomeOurs() {
        revisions(Map.of("ae10", "", "ae11", "ae10", "ae12", "ae10", "ae13", "ae11"));
        sql.execute(ALEMBIC + "; INSERT INTO alembic_version VALUES ('ae11'), ('ae12')");

        Outcome shown = cli.run("adopt", "--from", "alembic").endsWith(0);
        assertThat(shown.out())
                .contains("alembic in public.alembic_version: ae11, ae12", "stamp  ae11", "stamp  ae12")
                .contains("Applied then: ae10, ae11, ae12")
                .endsWith("To stamp it: athanor adopt --from alembic --yes\n");
        JsonNode planned = cli.json("adopt", "--from", "alembic").endsWith(0).json();
        assertThat(planned.path("stamped").booleanValue()).isFalse();
        assertThat(planned.path("table").stringValue()).isEqualTo("public.alembic_version");
        assertThat(sql.text("SELECT to_regnamespace('athanor')::text")).isNull();

        JsonNode done =
                cli.json("adopt", "--from", "ALEMBIC", "--yes").endsWith(0).json();
        assertThat(done.propertyNames())
                .containsExactly(
                        "success",
                        "from",
                        "table",
                        "found",
                        "steps",
                        "revisions",
                        "not_taken_over",
                        "heads_after",
                        "stamped");
        assertThat(done.path("revisions")).isEqualTo(planned.path("revisions"));
        assertThat(done.path("stamped").booleanValue()).isTrue();
        assertThat(done.path("heads_after")).hasToString("[\"ae11\",\"ae12\"]");
        assertThat(ledger()).containsExactly("ae10", "ae11", "ae12");
        assertThat(cli.json("plan", "upgrade", "heads").json().path("steps")).hasToString("[[\"upgrade\",\"ae13\"]]");

        JsonNode again =
                cli.json("adopt", "--from", "alembic", "--yes").endsWith(0).json();
        assertThat(again.path("steps")).isEmpty();
        assertThat(again.path("stamped").booleanValue()).isFalse();
        assertThat(cli.run("adopt", "--from", "alembic", "--yes").endsWith(0).out())
                .endsWith("Nothing to do: the ledger says the same already.\n");
    }

    @Test
    void flywayVersionsThatStandBecomeOurs() {
        revisions(Map.of("V1", "", "2.1", "V1", "V2_2", "2.1", "third", "V2_2"));
        String table = "\"tick\"\"ets; drop\".flyway_schema_history";
        sql.execute("CREATE SCHEMA \"tick\"\"ets; drop\"; " + FLYWAY.formatted(table));
        flyway(table, 0, null, "SCHEMA", true);
        flyway(table, 1, "1", "SQL", true);
        flyway(table, 2, "2.1", "SQL", true);
        flyway(table, 3, "2.2", "JDBC", true);
        flyway(table, 4, null, "SQL", true);
        flyway(table, 5, "3", "SQL", true);
        flyway(table, 6, "4", "SQL", true);
        flyway(table, 7, "4", "UNDO_SQL", true);

        cli.json("adopt", "--from", "flyway")
                .endsWith(2)
                .refusal()
                .is("version_table_missing")
                .says("There is " + table)
                .advises("--table '" + table + "'");
        cli.json("adopt", "--from", "flyway", "--table", table)
                .endsWith(9)
                .refusal()
                .is("unknown_revision")
                .says("flyway: 3")
                .advises("--map 3=REVISION");
        assertThat(cli.run("adopt", "--from", "flyway", "--table", table, "--map", "3=third")
                        .endsWith(0)
                        .out())
                .contains("not taken over: step 4")
                .endsWith("athanor adopt --from flyway --table '" + table + "' --map 3=third --yes\n");
        cli.json("adopt", "--from", "flyway", "--table", table, "--map", "3")
                .endsWith(2)
                .refusal()
                .is("usage")
                .says("THEIRS=OURS");
        cli.json("adopt", "--from", "flyway", "--table", table, "--map", "3=third", "--map", "3=V1")
                .endsWith(2)
                .refusal()
                .is("usage")
                .says("two revisions for '3'");
        cli.json("adopt", "--from", "flyway", "--table", table, "--map", "33=third")
                .endsWith(2)
                .refusal()
                .is("unknown_version")
                .says("33");
        JsonNode done = cli.json("adopt", "--from", "flyway", "--table", table, "--map", "3=third", "--yes")
                .endsWith(0)
                .json();
        assertThat(done.path("not_taken_over")).hasToString("[\"step 0\",\"step 4\"]");
        assertThat(ledger()).containsExactly("2.1", "V1", "V2_2", "third");
    }

    @Test
    void whatFlywayHasLeftHalfDoneIsRefused() {
        revisions(Map.of("V1", "", "V2", "V1"));
        sql.execute(FLYWAY.formatted("flyway_schema_history"));
        flyway("flyway_schema_history", 1, "2", "SQL", true);
        cli.json("adopt", "--from", "flyway")
                .endsWith(8)
                .refusal()
                .is("foreign_gap")
                .says("V1");
        flyway("flyway_schema_history", 2, "1", "SQL", false);
        cli.json("adopt", "--from", "flyway")
                .endsWith(8)
                .refusal()
                .is("foreign_failure")
                .says("1 step 2");
    }

    @Test
    void liquibaseChangeSetsBecomeOurs() {
        revisions(Map.of("create_people", "", "2", "create_people", "3", "2"));
        sql.execute(LIQUIBASE + "; INSERT INTO databasechangelog (id, author, filename, orderexecuted, exectype) VALUES"
                + " ('create-people', 'me', 'log.xml', 1, 'EXECUTED'), ('2', 'me', 'log.xml', 2, 'MARK_RAN'),"
                + " ('9', 'me', 'log.xml', 3, 'SKIPPED')");
        JsonNode done =
                cli.json("adopt", "--from", "liquibase", "--yes").endsWith(0).json();
        assertThat(done.path("not_taken_over")).hasToString("[\"log.xml::9::me\"]");
        assertThat(ledger()).containsExactly("2", "create_people");
    }

    @Test
    void whatCannotBeTakenOverIsSaid() {
        revisions(Map.of("one", "", "two", "one"));
        cli.json("adopt", "--from", "alembic")
                .endsWith(2)
                .refusal()
                .is("version_table_missing")
                .says("alembic_version");
        cli.json("adopt", "--from", "rails").endsWith(2).refusal().is("usage").says("alembic, flyway, liquibase");
        cli.json("adopt").endsWith(2).refusal().is("usage");
        sql.execute(ALEMBIC);
        assertThat(cli.run("adopt", "--from", "alembic", "--yes").endsWith(0).out())
                .contains("nothing is applied")
                .endsWith("Nothing to adopt.\n");
        assertThat(sql.text("SELECT to_regnamespace('athanor')::text")).isNull();
        sql.execute("INSERT INTO alembic_version VALUES ('two')");
        cli.run("upgrade", "one").endsWith(0);
        cli.json("adopt", "--from", "alembic", "--yes")
                .endsWith(8)
                .refusal()
                .is("ledger_not_empty")
                .says("one");
        sql.execute("CREATE SCHEMA elsewhere; ALTER TABLE alembic_version SET SCHEMA elsewhere;"
                + "CREATE SCHEMA other; CREATE TABLE other.alembic_version (version_num text)");
        cli.json("adopt", "--from", "alembic")
                .endsWith(2)
                .refusal()
                .is("several_version_tables")
                .says("elsewhere.alembic_version, other.alembic_version")
                .advises("--table elsewhere.alembic_version");
        sql.execute("ALTER TABLE other.alembic_version DROP COLUMN version_num");
        cli.json("adopt", "--from", "alembic", "--table", "other.alembic_version")
                .endsWith(2)
                .refusal()
                .is("not_a_version_table")
                .says("version_num");
    }
}
