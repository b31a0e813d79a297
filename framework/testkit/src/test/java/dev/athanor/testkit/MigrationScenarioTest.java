package dev.athanor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@AthanorPostgres
class MigrationScenarioTest {
    private final TestDatabase database;

    @TempDir
    private Path folder;

    MigrationScenarioTest(TestDatabase database) {
        this.database = database;
    }

    @BeforeEach
    void empty() throws IOException {
        database.jdbc()
                .execute("DROP SCHEMA IF EXISTS athanor CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public");
        revision("base1", "", """
                -- athanor:expand
                CREATE TABLE tickets (id int PRIMARY KEY, status text NOT NULL);
                CREATE TABLE "tick""ets; drop" (id serial PRIMARY KEY, "no'te" text);
                -- athanor:undo expand
                DROP TABLE "tick""ets; drop";
                DROP TABLE tickets;
                """);
    }

    private void revision(String id, String header, String sections) throws IOException {
        Files.writeString(
                folder.resolve(id + ".sql"), "-- athanor:revision " + id + "\n" + header.strip() + "\n\n" + sections);
    }

    private MigrationScenario scenario() {
        return MigrationScenario.of(folder)
                .on(database)
                .seed(
                        "base1",
                        "INSERT INTO tickets SELECT n, 'open' FROM generate_series(1, 20) n",
                        "INSERT INTO \"tick\"\"ets; drop\" (\"no'te\") VALUES ('a'), (NULL), ('a')");
    }

    private static final String STATUS = """
            -- athanor:expand
            ALTER TABLE tickets ADD COLUMN done boolean;
            CREATE INDEX by_status ON tickets (status);
            -- athanor:backfill name=fill table=tickets
            UPDATE tickets SET done = status = 'closed' WHERE ${chunk};
            -- athanor:verify name=none-left
            SELECT count(*) FROM tickets WHERE done IS NULL;
            -- athanor:contract
            ALTER TABLE tickets ALTER done SET NOT NULL;
            """;

    private static final String UNDO_STATUS = """
            -- athanor:undo contract
            ALTER TABLE tickets ALTER done DROP NOT NULL;
            -- athanor:undo expand
            DROP INDEX by_status;
            ALTER TABLE tickets DROP COLUMN done;
            """;

    @Test
    void revisionsThatComeAndGo() throws IOException {
        revision("done1", "-- athanor:revises base1", STATUS + UNDO_STATUS);
        MigrationScenario scenario = scenario().everyRevision().noPending().orderValid();
        assertThat(scenario.irreversible()).isEmpty();
        assertThat(database.jdbc().number("SELECT count(*) FROM tickets WHERE NOT done"))
                .isEqualTo(20);
        assertThat(database.jdbc().number("SELECT count(*) FROM athanor.event WHERE kind = 'phase_undone'"))
                .isEqualTo(6);
        scenario.everyRevision().noPending();
    }

    @Test
    void branchesAMergeAndADependencyAcross() throws IOException {
        revision("left1", "-- athanor:revises base1\n-- athanor:labels left", table("left1"));
        revision("left2", "-- athanor:revises left1", table("left2"));
        revision("right1", "-- athanor:revises base1\n-- athanor:labels right", table("right1"));
        revision("right2", "-- athanor:revises right1\n-- athanor:depends-on left1", table("right2"));
        revision("other1", "-- athanor:labels other\n-- athanor:depends-on right1", table("other1"));
        revision("other2", "-- athanor:revises other1", table("other2"));
        revision("merge1", "-- athanor:revises left2, right2", table("merge1"));
        revision("after1", "-- athanor:revises merge1\n-- athanor:depends-on other2", table("after1"));
        revision("side1", "-- athanor:revises merge1", table("side1"));
        revision("side2", "-- athanor:revises merge1", table("side2"));
        scenario().everyRevision().noPending().orderValid();
        assertThat(database.jdbc().number("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
                .isEqualTo(12);
    }

    private static String table(String name) {
        return "-- athanor:expand\nCREATE TABLE %1$s (a int);\n-- athanor:undo expand\nDROP TABLE %1$s;\n"
                .formatted(name);
    }

    @Test
    void anUndoThatForgetsAnObjectIsALie() throws IOException {
        revision(
                "done1",
                "-- athanor:revises base1",
                STATUS + UNDO_STATUS.replace("DROP INDEX by_status;", "SELECT 1;"));
        assertThatThrownBy(scenario()::everyRevision)
                .isInstanceOf(AssertionError.class)
                .hasMessage("Revision done1, downgrade: the schema is not what it was before the upgrade:\n"
                        + "index public.by_status added\n"
                        + "  + CREATE INDEX by_status ON public.tickets USING btree (status)");
    }

    @Test
    void anUndoThatLosesRows() throws IOException {
        revision(
                "done1",
                "-- athanor:revises base1",
                STATUS + UNDO_STATUS
                        + "DELETE FROM tickets WHERE id = 7;\nUPDATE tickets SET status = 'x' WHERE id = 8;\n");
        assertThatThrownBy(scenario()::everyRevision)
                .isInstanceOf(AssertionError.class)
                .hasMessage("Revision done1, downgrade: rows are not what they were before the upgrade:\n"
                        + "table public.tickets (id, status): 2 rows are gone: (7,open) (8,open), 1 are new: (8,x)");
    }

    @Test
    void aColumnThatComesBackEmpty() throws IOException {
        revision("drop1", "-- athanor:revises base1", """
                -- athanor:contract
                ALTER TABLE "tick""ets; drop" DROP COLUMN "no'te";
                -- athanor:undo contract
                ALTER TABLE "tick""ets; drop" ADD COLUMN "no'te" text;
                """);
        assertThatThrownBy(scenario()::everyRevision)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Revision drop1, downgrade: rows are not")
                .hasMessageContaining("table public.\"tick\"\"ets; drop\" (id, no'te): 2 rows are gone: (1,a) (3,a)");
    }

    @Test
    void oldValuesThatNobodyCanTellAreAllowedByName() throws IOException {
        revision("norm1", "-- athanor:revises base1", """
                -- athanor:backfill name=shout table=tickets
                UPDATE tickets SET status = upper(status) WHERE ${chunk};
                -- athanor:undo backfill
                SELECT 1;
                """);
        assertThatThrownBy(scenario()::everyRevision).hasMessageContaining("rows are not what they were");
        database.jdbc().execute("DROP SCHEMA athanor CASCADE; DROP TABLE tickets, \"tick\"\"ets; drop\"");
        scenario().notRestoring("norm1").everyRevision().noPending();
    }

    @Test
    void anUpgradeThatIsNotTheSameTwice() throws IOException {
        revision("twice1", "-- athanor:revises base1", """
                -- athanor:expand
                INSERT INTO tickets SELECT 100 + count(*), 'new' FROM tickets;
                -- athanor:undo expand
                UPDATE tickets SET status = 'old' WHERE status = 'new';
                """);
        assertThatThrownBy(scenario().notRestoring("twice1")::everyRevision)
                .hasMessageContaining(
                        "Revision twice1, second upgrade: rows are not what they were after the first one")
                .hasMessageContaining("1 rows are gone: (120,new), 2 are new: (120,old) (121,new)");
    }

    @Test
    void aClockIsLeftOut() throws IOException {
        revision("clock1", "-- athanor:revises base1", """
                -- athanor:expand
                UPDATE tickets SET status = clock_timestamp()::text;
                -- athanor:undo expand
                UPDATE tickets SET status = 'open';
                """);
        assertThatThrownBy(scenario()::everyRevision).hasMessageContaining("second upgrade: rows are not");
        database.jdbc().execute("DROP SCHEMA athanor CASCADE; DROP TABLE tickets, \"tick\"\"ets; drop\"");
        scenario().ignoring("public.tickets.status").everyRevision().noPending();
    }

    @Test
    void whatCannotBeUndoneMustBeAllowed() throws IOException {
        revision("done1", "-- athanor:revises base1", STATUS);
        revision("last1", "-- athanor:revises done1", table("last1"));
        assertThatThrownBy(scenario()::everyRevision)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Revision done1, downgrade: ")
                .hasMessageContaining("undo expand")
                .hasMessageEndingWith("say so: allowingIrreversible()");
        MigrationScenario scenario = scenario().allowingIrreversible();
        database.jdbc().execute("DROP SCHEMA athanor CASCADE; DROP TABLE tickets, \"tick\"\"ets; drop\"");
        scenario.everyRevision().noPending();
        assertThat(scenario.irreversible()).containsExactly("done1");
    }

    @Test
    void whatFailsSaysWhere() throws IOException {
        revision("fails1", "-- athanor:revises base1", table("tickets"));
        assertThatThrownBy(scenario()::everyRevision)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Revision fails1, upgrade: ")
                .hasMessageContaining("42P07");
        assertThatThrownBy(scenario()::noPending)
                .hasMessage("Revisions are pending: [fails1], between phases: [fails1]");
    }

    @Test
    void placeholdersAndAnUnknownSeed() throws IOException {
        revision("named1", "-- athanor:revises base1", table("${name}"));
        scenario().placeholders(Map.of("name", "named")).everyRevision().noPending();
        assertThatThrownBy(() -> scenario().seed("nobody", "SELECT 1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no revision is called 'nobody'; there are [base1, named1]");
    }

    @Test
    void pendingBeforeAnythingIsDone() {
        assertThatThrownBy(scenario()::noPending).hasMessage("Revisions are pending: [base1], between phases: []");
        scenario().orderValid();
    }
}
