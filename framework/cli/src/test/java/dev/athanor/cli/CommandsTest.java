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

/** What commands print, as text and as JSON, and how they end. */
@AthanorPostgres
class CommandsTest {
    private static final String PEOPLE = """
            -- athanor:revision  people
            -- athanor:message   a table of people
            -- athanor:labels    desk

            -- athanor:expand
            CREATE TABLE people (id int PRIMARY KEY, name text NOT NULL, upper_name text);
            INSERT INTO people SELECT n, 'name ' || n FROM generate_series(1, 1000) n;
            """;

    private static final String UPPER = """
            -- athanor:revision  upper
            -- athanor:revises   people

            -- athanor:expand
            CREATE TABLE expanded (a int);

            -- athanor:backfill name=fill table=people
            UPDATE people SET upper_name = upper(name) WHERE ${chunk};

            -- athanor:verify name=none-left
            SELECT count(*) FROM people WHERE upper_name IS NULL;

            -- athanor:contract
            ALTER TABLE people ALTER upper_name SET NOT NULL;
            """;

    @TempDir
    private Path folder;

    private final TestDatabase database;
    private final Jdbc sql;
    private Cli cli;

    CommandsTest(TestDatabase database) {
        this.database = database;
        this.sql = database.jdbc();
    }

    @BeforeEach
    void fresh() {
        sql.execute("DROP SCHEMA IF EXISTS athanor CASCADE; DROP TABLE IF EXISTS people, expanded");
        cli = new Cli(folder)
                .with("ATHANOR_URL", database.url())
                .file("migrations/people.sql", PEOPLE)
                .file("migrations/upper.sql", UPPER);
    }

    private JsonNode ok(String... arguments) {
        JsonNode json = cli.json(arguments).endsWith(0).json();
        assertThat(json.path("success").booleanValue()).isTrue();
        return json;
    }

    @Test
    void graphAsText() {
        assertThat(cli.run("history").endsWith(0).out())
                .isEqualToNormalizingNewlines(
                        "people -> upper (head)\n<base> -> people (labels: desk), a table of people\n");
        assertThat(cli.run("heads").endsWith(0).out()).isEqualToNormalizingNewlines("people -> upper (head)\n");
        assertThat(cli.run("show", "upper").endsWith(0).out())
                .contains("Revision: upper (head)", "Revises: people", "Checksum: ", "backfill fill of \"people\"");
    }

    @Test
    void graphAsJson() {
        JsonNode history = ok("history").path("revisions");
        assertThat(history).hasSize(2);
        assertThat(history.get(0).propertyNames())
                .containsExactly(
                        "id",
                        "revises",
                        "depends_on",
                        "labels",
                        "message",
                        "created",
                        "head",
                        "flags",
                        "file",
                        "class");
        assertThat(history.get(0).path("revises")).hasToString("[\"people\"]");
        assertThat(ok("heads").path("heads").get(0).path("id").stringValue()).isEqualTo("upper");
        JsonNode shown = ok("show", "head").path("revisions").get(0);
        assertThat(shown.path("sections")).hasSize(4);
        assertThat(shown.path("sections").get(1).path("phase").stringValue()).isEqualTo("backfill");
        assertThat(shown.path("checksum").stringValue()).isNotBlank();
    }

    @Test
    void upgradesAndTellsWhereItStands() {
        assertThat(cli.run("status", "--check").endsWith(3).out()).contains("pending: people, upper");
        JsonNode upgrade = ok("upgrade", "heads");
        assertThat(upgrade.propertyNames())
                .containsExactly(
                        "success",
                        "steps",
                        "heads_after",
                        "phases",
                        "backfills",
                        "verifications",
                        "notes",
                        "stopped",
                        "seconds");
        assertThat(upgrade.path("steps")).hasToString("[[\"upgrade\",\"people\"],[\"upgrade\",\"upper\"]]");
        assertThat(upgrade.path("heads_after")).hasToString("[\"upper\"]");
        assertThat(upgrade.path("backfills").get(0).path("rows_changed").intValue())
                .isEqualTo(1000);
        assertThat(upgrade.path("verifications").get(0).path("wrong").intValue())
                .isZero();
        assertThat(sql.number("SELECT count(*) FROM people WHERE upper_name = upper(name)"))
                .isEqualTo(1000);
        assertThat(cli.run("upgrade", "heads").endsWith(0).out()).contains("Nothing to do.");
        JsonNode status = ok("status", "--check");
        assertThat(status.propertyNames())
                .containsExactly(
                        "success",
                        "heads",
                        "pending",
                        "revisions",
                        "unknown",
                        "changed",
                        "remedies",
                        "backfills",
                        "lease");
        assertThat(status.path("pending")).isEmpty();
        assertThat(status.path("backfills").get(0).path("done").intValue()).isEqualTo(1000);
        assertThat(cli.run("status").endsWith(0).out()).contains("applied heads: upper", "REVISION", "1,000");
        assertThat(cli.run("current").endsWith(0).out()).isEqualToNormalizingNewlines("upper\n");
        assertThat(ok("history", "--indicate-current").path("revisions").get(0).path("flags"))
                .hasToString("[\"current\",\"head\"]");
    }

    @Test
    void phaseByPhase() {
        assertThat(cli.run("upgrade", "heads", "--phase", "backfill")
                        .endsWith(0)
                        .out())
                .contains("athanor upgrade people --phase expand", "Nothing to do.");
        cli.json("upgrade", "heads", "--phase", "contract")
                .endsWith(8)
                .refusal()
                .advises("--phase expand");
        ok("upgrade", "heads", "--phase", "expand");
        assertThat(cli.run("upgrade", "heads", "--phase", "contract")
                        .endsWith(8)
                        .paragraph())
                .contains("upper", "--phase backfill");
        JsonNode current = ok("current");
        assertThat(current.path("between_phases").get(0).propertyNames())
                .containsExactly("id", "phase", "next", "undoing");
        assertThat(cli.run("current").endsWith(0).out()).contains("upper between phases, next is backfill");
        cli.run("upgrade", "heads", "--phase=BACKFILL").endsWith(0);
        assertThat(ok("upgrade", "heads", "--phase", "contract").path("heads_after"))
                .hasToString("[\"upper\"]");
    }

    @Test
    void resumesWhatFailed() {
        sql.execute("CREATE TABLE expanded (a int)");
        cli.json("upgrade", "heads").endsWith(4).refusal().says("upper", "expanded");
        assertThat(cli.run("status").endsWith(0).out()).contains("applied heads: people", "between phases: upper");
        cli.file("migrations/upper.sql", UPPER.replace("CREATE TABLE expanded", "CREATE TABLE IF NOT EXISTS expanded"));
        assertThat(ok("resume").path("heads_after")).hasToString("[\"upper\"]");
        assertThat(cli.run("resume").endsWith(0).out()).contains("Nothing to do.");
    }

    @Test
    void mendsABackfillThatFailed() {
        cli.file("migrations/upper.sql", UPPER.replace("upper(name)", "upper(nome)"));
        cli.json("upgrade", "heads").endsWith(4).refusal().says("upper", "nome").advises("athanor resume");
        cli.file("migrations/upper.sql", UPPER);
        assertThat(ok("resume").path("heads_after")).hasToString("[\"upper\"]");
    }

    @Test
    void hostileStateSchema() {
        String name = "my\"\"state; drop' table";
        cli.run("upgrade", "heads", "--state-schema", name).endsWith(0);
        assertThat(sql.number("SELECT count(*) FROM pg_namespace WHERE nspname = ?", name))
                .isEqualTo(1);
        assertThat(sql.number("SELECT count(*) FROM pg_namespace WHERE nspname = 'athanor'"))
                .isZero();
        assertThat(cli.run("--state-schema=" + name, "current").endsWith(0).out())
                .contains("upper");
        sql.execute("DROP SCHEMA " + dev.athanor.sql.QualifiedName.quote(name) + " CASCADE");
    }

    @Test
    void placeholdersAndStateSchemaOfFileAndFlag() {
        sql.execute("DROP SCHEMA IF EXISTS from_file, from_flag CASCADE; DROP TABLE IF EXISTS first_b, second_b");
        cli.file("own/r.sql", "-- athanor:revision r\n\n-- athanor:expand\nCREATE TABLE ${one}_${two} ();\n")
                .file("athanor.yaml", "state-schema: from_file\nmigrations: own\nset: {one: first, two: b}\n");
        cli.run("upgrade", "heads").endsWith(0);
        cli.run("upgrade", "heads", "--set", "one=second", "--state-schema", "from_flag")
                .endsWith(0);
        assertThat(sql.texts("SELECT to_regclass(t)::text FROM unnest(ARRAY['first_b', 'second_b',"
                        + " 'from_file.revision', 'from_flag.revision', 'athanor.revision']) t"))
                .containsExactly("first_b", "second_b", "from_file.revision", "from_flag.revision", null);
    }

    @Test
    void targetsWithASign() {
        cli.run("upgrade", "+1").endsWith(0);
        assertThat(ok("current").path("heads")).hasToString("[\"people\"]");
        cli.json("upgrade", "-1").endsWith(9).refusal();
        cli.json("upgrade", "+7").endsWith(9).refusal().is("relative_out_of_range");
    }

    @Test
    void optionsBeforeAndBehindTheCommand() {
        String before = cli.run("--output", "json", "--migrations", "migrations", "history")
                .endsWith(0)
                .out();
        assertThat(cli.run("history", "--migrations=migrations", "--output=JSON")
                        .endsWith(0)
                        .out())
                .isEqualTo(before);
    }
}
