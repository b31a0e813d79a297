package dev.athanor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Operations of revision files on the command line: shown, scripted, refused. */
@AthanorPostgres
class OperationCommandsTest {
    private static final String RENAME = """
            -- athanor:revision rename
            -- athanor:operation rename-column table=tickets from=status to="the state"
            """;

    private final TestDatabase database;
    private Cli cli;

    OperationCommandsTest(TestDatabase database) {
        this.database = database;
    }

    @BeforeEach
    void fresh(@TempDir Path folder) {
        database.jdbc()
                .execute("DROP SCHEMA IF EXISTS athanor CASCADE; DROP TABLE IF EXISTS tickets;"
                        + "CREATE TABLE tickets (id bigint PRIMARY KEY, status text);"
                        + "INSERT INTO tickets SELECT i, 'open' FROM generate_series(1, 300) i");
        cli = new Cli(folder).with("ATHANOR_URL", database.url());
        cli.file("migrations/rename.sql", RENAME);
    }

    @Test
    void showSqlWritesOutWhatItDoesInEachPhase() {
        String shown = cli.run("show", "rename", "--sql").endsWith(0).out();

        assertThat(shown)
                .startsWith("-- athanor:revision rename\n")
                .contains(
                        "-- athanor:expand execute=rows\n",
                        "ADD COLUMN \"the state\"",
                        "CREATE TRIGGER",
                        "-- athanor:backfill name=backfill-1 table=\"tickets\" where='\"the state\" IS NULL' quiets=athanor_sync_",
                        "WHERE ${chunk} AND",
                        "-- athanor:verify",
                        "-- athanor:contract execute=rows\n",
                        "-- athanor:undo expand\n");
        cli.file("migrations/rename.sql", shown);
        assertThat(cli.run("show", "rename", "--sql").endsWith(0).out()).isEqualTo(shown);
    }

    @Test
    void showTellsTheSectionsAsJson() {
        JsonNode sections = cli.json("show", "rename").endsWith(0).json().at("/revisions/0/sections");

        assertThat(sections)
                .isNotEmpty()
                .allSatisfy(
                        section -> assertThat(section.path("line").intValue()).isEqualTo(2));
        assertThat(sections.get(0).path("description").stringValue()).contains("of what queries give");
    }

    @Test
    void theScriptDoesTheSame() {
        database.jdbc().execute("CREATE INDEX tickets_status ON tickets (status)");
        String script = cli.run("upgrade", "heads", "--sql").endsWith(0).out();

        Psql.Outcome outcome = Psql.run(database, cli.folder(), script);

        assertThat(outcome.code()).as(outcome.output()).isZero();
        assertThat(script).contains("statement ~* ", "RESET lock_timeout;\nRESET statement_timeout;\n");
        assertThat(database.jdbc().number("SELECT count(*) FROM tickets WHERE \"the state\" = 'open'"))
                .isEqualTo(300);
    }

    @Test
    void aDryRunSaysWhatOnlyTheCatalogueKnows() {
        JsonNode dry = cli.json("upgrade", "heads", "--dry-run").endsWith(0).json();

        assertThat(dry.toString()).contains("the statements are what this query gives when its turn comes");
        assertThat(database.jdbc().number("SELECT count(*) FROM pg_proc WHERE proname LIKE 'athanor%'"))
                .isZero();
    }

    @Test
    void aWrongOneIsRefusedWithItsPlace() {
        cli.file("migrations/rename.sql", RENAME.replace("from=", "form="));

        assertThat(cli.json("show", "rename").endsWith(2).refusal().message())
                .contains("rename.sql:2", "found no 'from'", "found option 'form'");
    }
}
