package dev.athanor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code lint} in its forms, with and without a database, and the gate in front of {@code upgrade}. */
@AthanorPostgres
class LintCommandTest {
    private static final String INDEX = """
            -- athanor:revision  index
            -- athanor:revises   tickets

            -- athanor:expand
            CREATE INDEX "100%, a:b" ON tickets (status);
            -- athanor:allow IX9 all of them are asked for
            -- athanor:allow IX1 made at night
            CREATE INDEX wide ON tickets (id, status, a, b);
            """;

    private static final String TICKETS = """
            -- athanor:revision  tickets

            -- athanor:expand
            CREATE TABLE tickets (id bigint PRIMARY KEY, status text, a text, b text);
            """;

    @TempDir
    private Path folder;

    private final TestDatabase database;
    private final Jdbc sql;
    private Cli cli;

    LintCommandTest(TestDatabase database) {
        this.database = database;
        this.sql = database.jdbc();
    }

    @BeforeEach
    void revisions() {
        sql.execute("DROP SCHEMA IF EXISTS athanor CASCADE; DROP TABLE IF EXISTS tickets");
        cli = new Cli(folder).file("migrations/tickets.sql", TICKETS).file("migrations/index.sql", INDEX);
    }

    @Test
    void textNamesPlaceLockAndSafeForm() {
        assertThat(cli.run("lint").endsWith(7).out())
                .contains(
                        "migrations/index.sql:5: error IX1: CREATE INDEX without CONCURRENTLY\n",
                        "    CREATE INDEX \"100%, a:b\" ON tickets (status)\n",
                        "SHARE lock on \"tickets\"",
                        "CREATE INDEX CONCURRENTLY \"100%, a:b\" ON tickets (status)",
                        "migrations/index.sql:8: waived error IX1: ",
                        "waived: made at night")
                .endsWith("1 error, 0 warnings, 0 for information, 2 waived; 2 revisions for PostgreSQL 18,"
                        + " without a database\n");
    }

    @Test
    void jsonIsOneObject() {
        JsonNode json = cli.json("lint", "--pg-version", "15.4").endsWith(7).json();
        assertThat(json.path("success").booleanValue()).isFalse();
        assertThat(json.path("pg_version").stringValue()).isEqualTo("15.4");
        assertThat(json.path("online").booleanValue()).isFalse();
        assertThat(json.path("findings")
                        .valueStream()
                        .map(finding -> finding.path("rule").stringValue() + " "
                                + finding.path("line").intValue() + " "
                                + finding.path("waived").booleanValue()))
                .contains("IX1 5 false", "IX1 8 true", "IX9 8 true");
        JsonNode first = json.path("findings").get(0);
        assertThat(first.propertyNames())
                .contains(
                        "rule", "severity", "file", "line", "statement", "lock", "message", "safe", "waived", "reason");
        assertThat(first.path("file").stringValue()).isEqualTo("migrations/index.sql");
        assertThat(first.path("lock").stringValue()).isEqualTo("SHARE");
        assertThat(cli.run("lint", "--format", "json", "--pg-version=15.4")
                        .endsWith(7)
                        .json())
                .isEqualTo(json);
    }

    @Test
    void commandsOfAWorkflowAreEscaped() {
        String out = cli.run("lint", "--format", "github").endsWith(7).out();
        assertThat(out.lines())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith("::error file=migrations/index.sql,line=5,title=IX1 CREATE INDEX without"
                                + " CONCURRENTLY::")
                        .contains("%0A", "\"100%25, a:b\""));
    }

    @Test
    void sarifHasWhatItsSchemaAsksFor() {
        String out = cli.run("lint", "--format", "sarif").endsWith(7).out();
        JsonNode sarif = JsonMapper.shared().readTree(out);
        assertThat(sarif.path("version").stringValue()).isEqualTo("2.1.0");
        assertThat(sarif.path("$schema").stringValue()).contains("sarif-2.1.0");
        JsonNode run = sarif.path("runs").get(0);
        JsonNode rules = run.path("tool").path("driver").path("rules");
        assertThat(run.path("tool").path("driver").path("name").stringValue()).isEqualTo("athanor");
        assertThat(rules.valueStream().map(rule -> rule.path("id").stringValue()))
                .doesNotHaveDuplicates();
        assertThat(run.path("results").size()).isEqualTo(3);
        for (JsonNode result : run.path("results")) {
            String id = result.path("ruleId").stringValue();
            assertThat(rules.get(result.path("ruleIndex").intValue()).path("id").stringValue())
                    .isEqualTo(id);
            assertThat(result.path("level").stringValue()).isIn("error", "warning", "note");
            assertThat(result.path("message").path("text").stringValue()).isNotBlank();
            JsonNode place = result.path("locations").get(0).path("physicalLocation");
            assertThat(place.path("artifactLocation").path("uri").stringValue()).isEqualTo("migrations/index.sql");
            assertThat(place.path("region").path("startLine").intValue()).isPositive();
        }
        assertThat(run.path("results").get(0).path("suppressions")).isEmpty();
        assertThat(run.path("results")
                        .get(1)
                        .path("suppressions")
                        .get(0)
                        .path("kind")
                        .stringValue())
                .isEqualTo("inSource");
    }

    @Test
    void filesAreLintedAloneWhereverTheyAre() {
        cli.file("other/one.sql", "-- athanor:revision one\n-- athanor:revises gone\n-- athanor:expand\nSELECT 1;\n");
        JsonNode json = cli.json("lint", "other/one.sql").endsWith(0).json();
        assertThat(json.path("success").booleanValue()).isTrue();
        assertThat(json.path("revisions").valueStream().map(JsonNode::stringValue))
                .containsExactly("one");
        cli.json("lint", "other/two.sql").endsWith(2).refusal().is("revision_file_missing");
    }

    @Test
    void whatIsAskedWrongIsRefused() {
        cli.json("lint", "--pg-version", "new").endsWith(2).refusal().is("invalid_pg_version");
        cli.json("lint", "--enable", "IX99").endsWith(2).refusal().is("usage").says("IX99");
        cli.json("lint", "--format", "xml").endsWith(2).refusal().is("usage").says("sarif");
        cli.json("lint", "--online", "--offline").endsWith(2).refusal().is("usage");
        cli.json("lint", "--online").endsWith(2).refusal().is("no_database");
        cli.json("lint", "--trace", "--format", "sarif").endsWith(2).refusal().is("usage");
        cli.with("ATHANOR_LINT", "maybe")
                .json("lint")
                .endsWith(2)
                .refusal()
                .is("invalid_setting")
                .says("maybe", "ATHANOR_LINT");
    }

    @Test
    void aRuleThatIsOffRunsWhenItIsNamed() {
        assertThat(cli.run("lint", "--enable", "nm2").endsWith(7).out()).contains(" NM2: ");
    }

    @Test
    void aDatabaseThatDoesNotAnswerIsDoneWithout() {
        cli.with("ATHANOR_URL", "postgresql://me:hunter2@127.0.0.1:1/db");
        Outcome outcome = cli.run("lint").endsWith(7);
        assertThat(outcome.err()).contains("lint: without the database: ").doesNotContain("hunter2");
        assertThat(outcome.out()).contains("without a database");
        cli.json("lint", "--online").endsWith(4).refusal().is("connection_refused");
        assertThat(cli.run("lint", "--offline").endsWith(7).err()).isEmpty();
    }

    @Test
    void withADatabaseWhatIsPendingIsLintedForItsTables() {
        cli.with("ATHANOR_URL", database.url());
        cli.run("upgrade", "tickets").endsWith(0);
        JsonNode json = cli.json("lint").endsWith(0).json();
        assertThat(json.path("online").booleanValue()).isTrue();
        assertThat(json.path("pg_version").stringValue())
                .startsWith(database.server().major() + ".");
        assertThat(json.path("revisions").valueStream().map(JsonNode::stringValue))
                .containsExactly("index");
        assertThat(json.path("findings").get(0).path("severity").stringValue()).isEqualTo("info");
        assertThat(json.path("findings").get(0).path("message").stringValue()).contains("no harm now");
    }

    @Test
    void errorsRefuseAnUpgradeUnlessTheyAreNotAskedFor() {
        cli.with("ATHANOR_URL", database.url())
                .file(
                        "migrations/rename.sql",
                        "-- athanor:revision rename\n-- athanor:revises index\n-- athanor:expand\n"
                                + "ALTER TABLE tickets ADD COLUMN raw json;\n"
                                + "ALTER TABLE tickets RENAME COLUMN status TO state;\n");
        cli.run("upgrade", "tickets").endsWith(0);
        cli.json("upgrade", "heads")
                .endsWith(8)
                .refusal()
                .is("lint_refused")
                .says("migrations/rename.sql:5: error CL8: ")
                .advises("-- athanor:allow CL8 ", "--no-lint");
        assertThat(sql.number("SELECT count(*) FROM pg_class WHERE relname = 'wide'"))
                .isZero();
        Outcome warned = cli.file("athanor.yaml", "lint: warn\n")
                .run("upgrade", "rename")
                .endsWith(0);
        assertThat(warned.err())
                .contains("lint: migrations/rename.sql:4: warning CL4: ", "lint: migrations/rename.sql:5: error CL8: ");
    }

    @Test
    void noLintRunsEverything() {
        cli.with("ATHANOR_URL", database.url())
                .file(
                        "migrations/rename.sql",
                        "-- athanor:revision rename\n-- athanor:revises index\n-- athanor:expand\n"
                                + "ALTER TABLE tickets RENAME COLUMN status TO state;\n");
        assertThat(cli.run("upgrade", "heads", "--no-lint").endsWith(0).err()).doesNotContain("lint:");
    }

    @Test
    void aTraceTellsWhatStatementsDidAndWhereThatWasNotPredicted() {
        JsonNode json =
                cli.json("lint", "migrations/index.sql", "--trace").endsWith(7).json();
        JsonNode trace = json.path("trace").get(0);
        assertThat(trace.path("revision").stringValue()).isEqualTo("index");
        assertThat(trace.path("error").isNull()).isTrue();
        JsonNode statement = trace.path("statements").get(0);
        assertThat(statement.path("locks").path("\"public\".\"tickets\"").stringValue())
                .isEqualTo("SHARE");
        assertThat(statement.path("messages").get(0).stringValue()).startsWith("building index ");
        assertThat(statement.path("mismatches")).isEmpty();
        assertThat(cli.run("lint", "--trace").endsWith(7).out())
                .contains("trace of tickets\n", "trace of index\n", "      holds: SHARE on \"public\".\"tickets\"\n");
    }
}
