package dev.athanor.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.lint.LintRule;
import dev.athanor.lint.Severity;
import dev.athanor.postgres.Database;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lint says of objects that are not there yet: harmless only where pending revisions make them, with nothing in them. */
@AthanorPostgres
class LintGateNewObjectsTest {
    private static final String LABELS = "CREATE TABLE labels (id bigint PRIMARY KEY, a text, b text);\n";

    @TempDir
    private Path folder;

    private final TestDatabase database;
    private final Jdbc sql;

    LintGateNewObjectsTest(TestDatabase database) {
        this.database = database;
        this.sql = database.jdbc();
    }

    @BeforeEach
    void tables() {
        sql.execute("DROP SCHEMA IF EXISTS athanor, app CASCADE; DROP TABLE IF EXISTS"
                + " labels, \"tick\"\"ets; drop\", cases, tags, tickets CASCADE; DROP TYPE IF EXISTS mood;"
                + "CREATE TABLE tickets (id bigint PRIMARY KEY, status text);"
                + "INSERT INTO tickets SELECT i, repeat('x', 900) FROM generate_series(1, 12000) i");
    }

    /** Each string is a revision on top of the one before, beginning in a section of expand. */
    private Migrations pending(String... statements) {
        Migrations all = new Migrations(folder, database);
        for (int i = 0; i < statements.length; i++) {
            String head = "-- athanor:revision r" + i + "\n" + (i == 0 ? "" : "-- athanor:revises r" + (i - 1) + "\n");
            all.with("r" + i, head + "-- athanor:expand\n" + statements[i]);
        }
        return all;
    }

    private void runs(String... statements) {
        Migrations all = pending(statements);
        try (Database open = all.open()) {
            RunResult result =
                    MigrationRunner.of(open, all.revisions()).build().upgrade(new UpgradeRequest("heads", null));
            assertThat(result.headsAfter()).containsExactly("r" + (statements.length - 1));
        }
    }

    private void refused(String rule, String... statements) {
        assertThatThrownBy(() -> runs(statements)).hasMessageContaining(": error " + rule + ": ");
        assertThat(sql.number("SELECT count(*) FROM athanor.run")).isZero();
    }

    @Test
    void a_table_filled_by_a_pending_backfill_is_as_large_as_its_source() {
        String filled = LABELS
                + "-- athanor:backfill table=tickets\nINSERT INTO labels (id) SELECT id FROM tickets WHERE ${chunk}"
                + " ON CONFLICT DO NOTHING;\n";
        refused("IX1", filled, "CREATE INDEX labels_a ON labels (a);\n");
        refused(
                "CO1",
                filled,
                "ALTER TABLE labels ADD CONSTRAINT labels_ticket FOREIGN KEY (id) REFERENCES tickets (id);\n");
        refused("CL8", filled, "ALTER TABLE labels RENAME COLUMN a TO c;\n");
    }

    @Test
    void a_table_filled_by_a_statement_is_too() {
        refused(
                "IX1",
                LABELS + "INSERT INTO labels (id) SELECT id FROM tickets;\n",
                "CREATE INDEX labels_a ON labels (a);\n");
        refused(
                "IX1",
                LABELS + "INSERT INTO labels (id) SELECT i FROM pg_ls_waldir() i;\n",
                "CREATE INDEX labels_a ON labels (a);\n");
        refused("IX1", "CREATE TABLE labels AS SELECT * FROM tickets;\n", "CREATE INDEX l ON labels (status);\n");
    }

    @Test
    void a_table_that_triggers_of_a_live_one_write_is_live() {
        refused(
                "CL8",
                LABELS + "CREATE FUNCTION labels_sync() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                        + " INSERT INTO labels (id) VALUES (NEW.id); RETURN NEW; END $$;\n"
                        + "CREATE TRIGGER labels_sync AFTER INSERT ON tickets FOR EACH ROW"
                        + " EXECUTE FUNCTION labels_sync();\n",
                "ALTER TABLE labels RENAME COLUMN a TO c;\n");
    }

    @Test
    void a_table_filled_from_empty_ones_is_empty() {
        runs(
                LABELS + "CREATE TABLE tags (id bigint PRIMARY KEY);\nINSERT INTO labels VALUES (1, 'a', 'b');\n",
                "INSERT INTO tags SELECT id FROM labels;\n"
                        + "-- athanor:backfill table=labels\nINSERT INTO tags SELECT id FROM labels WHERE ${chunk}"
                        + " ON CONFLICT DO NOTHING;\n",
                "CREATE INDEX tags_id ON tags (id);\n");
    }

    @Test
    void a_new_name_of_a_live_table_makes_it_no_new_table() {
        refused(
                "IX1",
                "-- athanor:allow TB1 nobody uses it at night\nALTER TABLE tickets RENAME TO cases;\n",
                "CREATE INDEX cases_status ON cases (status);\n");
    }

    @Test
    void a_table_that_nobody_makes_may_be_anywhere() {
        refused("IX1", "CREATE INDEX l ON \"tick\"\"ets; drop\" (status);\n");
    }

    @Test
    void a_search_path_is_followed() {
        sql.execute("CREATE SCHEMA app; ALTER TABLE tickets SET SCHEMA app");
        refused("IX1", "SET LOCAL search_path = app;\nCREATE INDEX l ON tickets (status);\n");
        refused(
                "IX1",
                "CREATE TABLE tickets (id bigint);\n",
                "SET LOCAL search_path = app, public;\nCREATE INDEX l ON tickets (status);\n");
        runs(
                "SET LOCAL search_path = app;\n" + LABELS,
                "SET LOCAL search_path = app;\nCREATE INDEX l ON labels (a);\n",
                "ALTER TABLE app.labels RENAME COLUMN a TO c;\n");
    }

    @Test
    void a_whole_history_runs_on_a_database_without_any_of_it() {
        runs(
                "CREATE SCHEMA app;\nCREATE TYPE mood AS ENUM ('good', 'bad');\n" + LABELS
                        + "CREATE TABLE \"tick\"\"ets; drop\" (id bigint PRIMARY KEY, a text, m mood);\n",
                "ALTER TABLE \"tick\"\"ets; drop\" RENAME COLUMN a TO \"b;\"\"\";\n",
                "ALTER TABLE \"tick\"\"ets; drop\" DROP COLUMN \"b;\"\"\";\n",
                "ALTER TABLE labels ADD COLUMN c text NOT NULL;\n",
                "ALTER TYPE mood RENAME VALUE 'bad' TO 'sad';\n",
                "CREATE TABLE tags (id bigint REFERENCES labels, ticket bigint REFERENCES \"tick\"\"ets; drop\");\n"
                        + "-- athanor:expand\nTRUNCATE labels CASCADE;\n-- athanor:expand\nDROP TABLE tags;\n",
                "ALTER TABLE labels RENAME TO cases;\n",
                "CREATE INDEX cases_c ON cases (c);\n",
                "ALTER TABLE cases SET SCHEMA app;\n",
                "DROP TABLE app.cases;\n");
        assertThat(sql.number("SELECT count(*) FROM pg_enum WHERE enumlabel = 'sad'"))
                .isEqualTo(1);
    }

    @Test
    void it_is_said_that_a_table_is_not_live() {
        Migrations all = pending(LABELS, "ALTER TABLE labels RENAME COLUMN a TO c;\n");
        try (Database open = all.open()) {
            LintReport report =
                    MigrationRunner.of(open, all.revisions()).build().lint(LintRequest.DEFAULT);
            assertThat(report.refuses()).isFalse();
            assertThat(report.findings()).singleElement().satisfies(found -> {
                assertThat(found.finding().rule()).isEqualTo(LintRule.CL8);
                assertThat(found.finding().severity()).isEqualTo(Severity.INFO);
                assertThat(found.finding().message()).contains("the table is not live yet");
            });
            LintRequest one =
                    new LintRequest(List.of(all.revisions().find("r1").orElseThrow()), null, Set.of(), Set.of());
            assertThat(MigrationRunner.of(open, all.revisions())
                            .build()
                            .lint(one)
                            .refuses())
                    .isFalse();
        }
    }

    @Test
    void what_is_there_is_live() {
        sql.execute("CREATE TYPE mood AS ENUM ('good', 'bad')");
        refused("EN1", "ALTER TYPE mood RENAME VALUE 'bad' TO 'sad';\n");
        refused("TB3", "DROP TABLE tickets;\n");
        refused(
                "CL8",
                "CREATE TABLE IF NOT EXISTS tickets (id bigint, status text);\n",
                "ALTER TABLE tickets RENAME COLUMN status TO state;\n");
    }

    @Test
    void emptying_a_new_table_must_not_empty_a_live_one() {
        refused("TB7", LABELS, "TRUNCATE labels, tickets CASCADE;\n");
        refused(
                "TB7",
                LABELS,
                "ALTER TABLE tickets ADD CONSTRAINT t_label FOREIGN KEY (id) REFERENCES labels NOT VALID;\n",
                "TRUNCATE labels CASCADE;\n");
    }

    @Test
    void the_first_rows_of_a_new_table_belong_to_no_application() {
        runs(
                LABELS + "INSERT INTO labels (id) SELECT i FROM generate_series(1, 9) i;\n",
                "CREATE INDEX labels_a ON labels (a);\n");
    }
}
