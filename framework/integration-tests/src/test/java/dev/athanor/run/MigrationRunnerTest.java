package dev.athanor.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.backfill.BackfillEvent;
import dev.athanor.postgres.Database;
import dev.athanor.revision.Phase;
import dev.athanor.run.RunResult.PhaseDone;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Upgrade, resume, the phases and their gates, on a real database. */
@AthanorPostgres
class MigrationRunnerTest {
    private final Jdbc sql;
    private final TestDatabase server;
    private Migrations migrations;

    MigrationRunnerTest(TestDatabase server) {
        this.server = server;
        this.sql = server.jdbc();
    }

    @BeforeEach
    void fresh(@TempDir Path folder) {
        sql.execute("DROP SCHEMA IF EXISTS athanor CASCADE; DROP TABLE IF EXISTS tickets, other");
        migrations =
                new Migrations(folder, server).with("1", Migrations.TICKETS).with("2", Migrations.COUNT);
    }

    private static void fails(ThrowingCallable what, FailureKind kind, String code) {
        assertThatThrownBy(what).isInstanceOfSatisfying(AthanorException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.kind()).isEqualTo(kind);
            assertThat(e.hint()).contains("athanor ");
        });
    }

    @Test
    void all_phases_of_all_revisions_in_graph_order() {
        RunResult result = migrations.upgrade("heads");

        assertThat(result.phases())
                .containsExactly(
                        new PhaseDone("tickets", Phase.EXPAND),
                        new PhaseDone("tickets", Phase.BACKFILL),
                        new PhaseDone("tickets", Phase.CONTRACT),
                        new PhaseDone("count", Phase.EXPAND),
                        new PhaseDone("count", Phase.BACKFILL),
                        new PhaseDone("count", Phase.CONTRACT));
        assertThat(result.headsAfter()).containsExactly("count");
        assertThat(result.backfills()).singleElement().satisfies(backfill -> {
            assertThat(backfill.rowsWalked()).isEqualTo(10_000);
            assertThat(backfill.rowsChanged()).isEqualTo(10_000);
        });
        assertThat(sql.number("SELECT count(*) FROM tickets WHERE n = 1")).isEqualTo(10_000);
        assertThat(migrations.status().pending()).isEmpty();
        assertThat(migrations.status().lease()).isNull();
    }

    @Test
    void nothing_to_do_is_no_error_and_changes_nothing() {
        migrations.upgrade("heads");
        assertThat(migrations.upgrade("heads").phases()).isEmpty();
        assertThat(migrations.resume().phases()).isEmpty();
        assertThat(sql.number("SELECT count(*) FROM tickets WHERE n = 1")).isEqualTo(10_000);
    }

    @Test
    void the_job_repository_tells_the_same_story() {
        migrations.upgrade("heads");
        assertThat(sql.texts("SELECT job_name FROM athanor.batch_job_instance ORDER BY job_instance_id"))
                .containsExactly("tickets.expand", "count.expand", "count.backfill", "count.contract");
        assertThat(sql.texts("SELECT DISTINCT status FROM athanor.batch_step_execution"))
                .containsExactly("COMPLETED");
        assertThat(sql.number("SELECT sum(write_count) FROM athanor.batch_step_execution"
                        + " WHERE step_name LIKE '%:range%'"))
                .isEqualTo(10_000);
        assertThat(sql.number("SELECT count(*) FROM athanor.batch_step_execution WHERE step_name LIKE '%:range%'"))
                .isEqualTo(sql.number("SELECT count(*) FROM athanor.backfill_range"));
    }

    @Test
    void phase_by_phase() {
        migrations.upgrade("heads", Phase.EXPAND);
        assertThat(sql.number("SELECT sum(n) FROM tickets")).isZero();
        assertThat(migrations.status().betweenPhases())
                .extracting(StatusReport.RevisionProgress::next)
                .containsExactly("backfill", "backfill");

        fails(() -> migrations.upgrade("heads", Phase.CONTRACT), FailureKind.REFUSED, "backfill_unfinished");

        migrations.upgrade("heads", Phase.BACKFILL);
        assertThat(sql.number("SELECT sum(n) FROM tickets")).isEqualTo(10_000);
        migrations.upgrade("heads", Phase.CONTRACT);
        assertThat(migrations.status().heads()).containsExactly("count");
    }

    @Test
    void contract_before_expand_is_refused() {
        fails(() -> migrations.upgrade("heads", Phase.CONTRACT), FailureKind.REFUSED, "not_expanded");
        assertThat(sql.number("SELECT count(*) FROM pg_tables WHERE tablename = 'tickets'"))
                .isZero();
    }

    @Test
    void backfill_before_expand_waits_and_says_so() {
        RunResult result = migrations.upgrade("heads", Phase.BACKFILL);
        assertThat(result.phases()).isEmpty();
        assertThat(result.notes()).anyMatch(note -> note.contains("tickets") && note.contains("--phase expand"));
    }

    @Test
    void a_verification_that_does_not_pass_stops_before_contract() {
        migrations.upgrade("heads", Phase.EXPAND);
        sql.execute("UPDATE tickets SET n = 5 WHERE id <= 3");
        fails(() -> migrations.upgrade("heads"), FailureKind.FINDING, "verification_failed");
        assertThat(sql.number("SELECT count(*) FROM pg_constraint WHERE conname = 'n_one'"))
                .isZero();
        fails(() -> migrations.upgrade("heads", Phase.CONTRACT), FailureKind.FINDING, "verification_failed");
        fails(() -> migrations.resume(), FailureKind.FINDING, "verification_failed");

        sql.execute("UPDATE tickets SET n = 1 WHERE id <= 3");
        migrations.upgrade("heads");
        assertThat(migrations.status().heads()).containsExactly("count");
    }

    @Test
    void contract_looks_again_at_what_was_written_since() {
        migrations.upgrade("heads", Phase.EXPAND);
        migrations.upgrade("heads", Phase.BACKFILL);
        sql.execute("INSERT INTO tickets VALUES (20000, 'open', 0)");
        fails(() -> migrations.upgrade("heads", Phase.CONTRACT), FailureKind.FINDING, "verification_failed");
        assertThat(sql.number("SELECT count(*) FROM pg_constraint WHERE conname = 'n_one'"))
                .isZero();
        sql.execute("UPDATE tickets SET n = 1 WHERE id = 20000");
        migrations.upgrade("heads", Phase.CONTRACT);
        assertThat(migrations.status().heads()).containsExactly("count");
    }

    @Test
    void a_failing_section_leaves_nothing_of_itself_and_resume_goes_on_when_it_is_mended() {
        migrations.with("3", """
                -- athanor:revision  broken
                -- athanor:revises   count

                -- athanor:expand
                CREATE TABLE other (a int);
                ALTER TABLE nowhere ADD COLUMN b int;
                """);
        assertThatThrownBy(() -> migrations.upgrade("heads"))
                .hasMessageContaining("3.sql")
                .hasMessageContaining("nowhere");
        assertThat(sql.number("SELECT count(*) FROM pg_tables WHERE tablename = 'other'"))
                .isZero();
        assertThat(migrations.status().heads()).containsExactly("count");
        assertThat(sql.texts("SELECT status FROM athanor.batch_job_execution ORDER BY job_execution_id DESC LIMIT 1"))
                .containsExactly("FAILED");

        migrations.with("3", """
                -- athanor:revision  broken
                -- athanor:revises   count

                -- athanor:expand
                CREATE TABLE other (a int);
                """);
        assertThat(migrations.resume().applied()).containsExactly("broken");
    }

    @Test
    void resume_does_no_more_than_was_asked_for() {
        try (Database database = migrations.open()) {
            MigrationRunner[] runner = new MigrationRunner[1];
            runner[0] = migrations.runner(
                    database,
                    builder -> builder.listener(new RunListener() {
                        @Override
                        public void phaseFinished(String revision, Phase phase) {
                            runner[0].stop();
                        }
                    }));
            RunResult stopped = runner[0].upgrade(new UpgradeRequest("heads", Phase.EXPAND));
            assertThat(stopped.stopped()).isTrue();
            assertThat(stopped.phases()).hasSize(1);
        }
        assertThat(migrations.resume().phases()).containsExactly(new PhaseDone("count", Phase.EXPAND));
        assertThat(migrations.resume().phases()).isEmpty();
        assertThat(sql.number("SELECT sum(n) FROM tickets")).isZero();
    }

    @Test
    void stop_in_a_backfill_is_a_clean_checkpoint() {
        try (Database database = migrations.open()) {
            MigrationRunner[] runner = new MigrationRunner[1];
            runner[0] = migrations.runner(
                    database,
                    builder -> builder.listener(new RunListener() {
                        @Override
                        public void backfillEvent(BackfillView backfill, BackfillEvent event) {
                            if (event instanceof BackfillEvent.ChunkCommitted) {
                                runner[0].stop();
                            }
                        }
                    }));
            assertThat(runner[0].upgrade(new UpgradeRequest("heads", null)).stopped())
                    .isTrue();
        }
        long before = sql.number("SELECT sum(n) FROM tickets");
        assertThat(before).isBetween(200L, 5_000L);
        assertThat(migrations.status().backfills())
                .singleElement()
                .satisfies(backfill -> assertThat(backfill.state()).isEqualTo("stopped"));
        assertThat(sql.texts("SELECT status FROM athanor.batch_job_execution ORDER BY job_execution_id DESC LIMIT 1"))
                .containsExactly("STOPPED");

        RunResult rest = migrations.resume();

        assertThat(rest.stopped()).isFalse();
        assertThat(rest.backfills())
                .singleElement()
                .satisfies(backfill -> assertThat(backfill.rowsWalked()).isEqualTo(10_000 - before));
        assertThat(sql.number("SELECT count(*) FROM tickets WHERE n = 1")).isEqualTo(10_000);
        assertThat(migrations.status().heads()).containsExactly("count");
    }

    @Test
    void a_lost_job_repository_loses_nothing() {
        migrations.upgrade("heads", Phase.EXPAND);
        sql.execute("TRUNCATE athanor.batch_job_instance CASCADE");
        migrations.upgrade("heads");
        assertThat(sql.number("SELECT count(*) FROM tickets WHERE n = 1")).isEqualTo(10_000);
    }

    @Test
    void what_is_done_of_a_revision_must_stay_what_it_was() {
        migrations.upgrade("heads", Phase.EXPAND);
        migrations.with("2", Migrations.COUNT.replace("n int NOT NULL DEFAULT 0", "n int NOT NULL DEFAULT 7"));
        fails(() -> migrations.upgrade("heads"), FailureKind.REFUSED, "revision_changed");
        migrations.with("2", Migrations.COUNT.replace("-- athanor:backfill", """
                -- athanor:expand
                CREATE TABLE other (a int);

                -- athanor:backfill"""));
        fails(() -> migrations.upgrade("heads"), FailureKind.REFUSED, "revision_changed");
        assertThat(sql.number("SELECT sum(n) FROM tickets")).isZero();
    }

    @Test
    void what_is_not_done_yet_may_be_mended() {
        migrations.upgrade("heads", Phase.EXPAND);
        migrations.with("2", Migrations.COUNT.replace("CHECK (n = 1)", "CHECK (m = 1)"));
        assertThatThrownBy(() -> migrations.upgrade("heads")).hasMessageContaining("42703");
        migrations.with("2", Migrations.COUNT.replace("CHECK (n = 1)", "CHECK (n > 0)"));
        assertThat(migrations.resume().applied()).contains("count");
        assertThat(migrations.status().changed()).isEmpty();
        assertThat(sql.number("SELECT count(*) FROM tickets WHERE n = 1")).isEqualTo(10_000);
    }

    @Test
    void a_backfill_that_has_changed_rows_keeps_its_statement() {
        migrations.upgrade("tickets");
        sql.execute("UPDATE tickets SET status = 'odd' WHERE id = 9999");
        String failing = Migrations.COUNT
                .replace("SET n = n + 1", "SET n = n + status::int")
                .replace("chunk-size=200", "chunk-size=200 workers=1");
        sql.execute("UPDATE tickets SET status = '1' WHERE id <> 9999");
        migrations.with("2", failing);
        assertThatThrownBy(() -> migrations.upgrade("heads")).hasMessageContaining("22P02");
        assertThat(sql.number("SELECT sum(n) FROM tickets")).isPositive();
        migrations.with("2", failing.replace("status::int", "2"));
        fails(() -> migrations.resume(), FailureKind.REFUSED, "revision_changed");
        sql.execute("UPDATE tickets SET status = '1' WHERE id = 9999");
        migrations.with("2", failing);
        migrations.resume();
        assertThat(sql.number("SELECT count(*) FROM tickets WHERE n = 1")).isEqualTo(10_000);
    }

    @Test
    void a_contract_that_must_wait_holds_the_others_back_too() {
        migrations.with("3", """
                -- athanor:revision  third
                -- athanor:revises   count

                -- athanor:expand
                CREATE TABLE other (a int);

                -- athanor:contract
                ALTER TABLE other ADD COLUMN b int;
                """);
        migrations.upgrade("count", Phase.EXPAND);
        migrations.upgrade("count", Phase.BACKFILL);
        fails(() -> migrations.upgrade("third", Phase.CONTRACT), FailureKind.REFUSED, "not_expanded");
        assertThat(sql.number("SELECT count(*) FROM pg_constraint WHERE conname = 'n_one'"))
                .isZero();
    }

    @Test
    void a_revision_is_not_resumed_without_what_it_stands_on() {
        migrations.with("3", """
                -- athanor:revision  third
                -- athanor:revises   count

                -- athanor:expand
                CREATE TABLE other (a int);
                """);
        migrations.upgrade("tickets");
        migrations.with(
                "2", Migrations.COUNT.replace("ALTER TABLE tickets ADD COLUMN", "ALTER TABLE nowhere ADD COLUMN"));
        assertThatThrownBy(() -> migrations.upgrade("heads")).hasMessageContaining("nowhere");
        migrations.with("2", Migrations.COUNT);
        try (Database database = migrations.open()) {
            RunResult result = migrations.runner(database, builder -> builder).resume("third");
            assertThat(result.applied()).containsExactly("count", "third");
        }
    }

    @Test
    void a_chunk_may_stand_within_parentheses() {
        migrations.with(
                "2",
                Migrations.COUNT.replace(
                        "UPDATE tickets SET n = n + 1 WHERE ${chunk};",
                        "WITH b AS (SELECT id FROM tickets WHERE ${chunk}) UPDATE tickets t SET n = n + 1 FROM b WHERE b.id = t.id;"));
        migrations.upgrade("heads");
        assertThat(sql.number("SELECT count(*) FROM tickets WHERE n = 1")).isEqualTo(10_000);
    }

    @Test
    void a_backfill_that_was_mended_before_its_first_chunk_begins_anew() {
        migrations.upgrade("tickets");
        sql.execute("CREATE TABLE other (id int PRIMARY KEY); INSERT INTO other VALUES (1)");
        migrations.with(
                "2",
                Migrations.COUNT
                        .replace("table=tickets", "table=other")
                        .replace("WHERE ${chunk}", "WHERE ${chunk} AND 1 / (n - n) = 1"));
        assertThatThrownBy(() -> migrations.upgrade("heads")).hasMessageContaining("22012");
        migrations.with("2", Migrations.COUNT);
        sql.execute("UPDATE tickets SET status = 'closed'");
        migrations.resume();
        assertThat(sql.number("SELECT count(*) FROM tickets WHERE n = 1")).isEqualTo(10_000);
        assertThat(migrations.upgrade("heads").phases()).isEmpty();
    }

    @Test
    void resume_in_the_wrong_folder_forgets_nothing(@TempDir Path elsewhere) {
        migrations.upgrade("tickets");
        migrations.with("2", Migrations.COUNT.replace("ALTER TABLE tickets ADD", "ALTER TABLE nowhere ADD"));
        assertThatThrownBy(() -> migrations.upgrade("heads")).hasMessageContaining("nowhere");
        Migrations wrong = new Migrations(elsewhere, server).with("1", Migrations.TICKETS);
        fails(wrong::resume, FailureKind.GRAPH, "unknown_revision");
        migrations.with("2", Migrations.COUNT);
        assertThat(migrations.resume().applied()).containsExactly("count");
    }

    @Test
    void statistics_of_an_empty_table_are_not_believed_of_a_full_one() {
        migrations.with("1", Migrations.TICKETS.replace("INSERT INTO", "ANALYZE tickets;\nINSERT INTO"));
        migrations.upgrade("heads");
        assertThat(sql.number("SELECT rows_estimated FROM athanor.backfill")).isEqualTo(10_000);
        assertThat(sql.number("SELECT count(*) FROM athanor.backfill_range")).isEqualTo(2);
    }

    @Test
    void two_runs_at_once_are_one_too_many() {
        try (Database database = migrations.open()) {
            migrations
                    .runner(
                            database,
                            builder -> builder.listener(new RunListener() {
                                @Override
                                public void phaseStarted(String revision, Phase phase) {
                                    fails(() -> migrations.upgrade("heads"), FailureKind.LEASE_HELD, "lease_held");
                                }
                            }))
                    .upgrade(new UpgradeRequest("heads", null));
        }
        assertThat(sql.number("SELECT count(*) FROM tickets WHERE n = 1")).isEqualTo(10_000);
    }

    @Test
    void expand_waits_for_a_contract_where_the_revision_says_so() {
        migrations.with("3", """
                -- athanor:revision  later
                -- athanor:revises   count
                -- athanor:after     contract

                -- athanor:expand
                CREATE TABLE other (a int);
                """);
        RunResult result = migrations.upgrade("heads", Phase.EXPAND);
        assertThat(result.phases()).hasSize(2);
        assertThat(result.notes()).anyMatch(note -> note.contains("later") && note.contains("after contract"));
        migrations.upgrade("heads");
        assertThat(migrations.status().heads()).containsExactly("later");
    }

    @Test
    void a_contract_leaves_alone_what_is_expanded_behind_it() {
        migrations.with("3", """
                -- athanor:revision  later
                -- athanor:revises   count
                -- athanor:after     contract

                -- athanor:expand
                CREATE TABLE other (a int);
                """);
        migrations.with("4", """
                -- athanor:revision  last
                -- athanor:revises   later

                -- athanor:expand
                CREATE TABLE another (a int);
                """);
        RunResult expanded = migrations.upgrade("heads", Phase.EXPAND);
        assertThat(expanded.notes())
                .anyMatch(note -> note.contains("later") && note.endsWith("athanor upgrade count --phase contract"));
        migrations.upgrade("heads", Phase.BACKFILL);

        RunResult contracted = migrations.upgrade("heads", Phase.CONTRACT);
        assertThat(contracted.notes())
                .anyMatch(note -> note.contains("later") && note.endsWith("athanor upgrade later --phase expand"))
                .anyMatch(note -> note.equals("Revision last waits for later."));
        assertThat(migrations.status().heads()).containsExactly("count");

        fails(() -> migrations.upgrade("heads", Phase.CONTRACT), FailureKind.REFUSED, "not_expanded");
        migrations.upgrade("heads", Phase.EXPAND);
        migrations.upgrade("heads", Phase.BACKFILL);
        migrations.upgrade("heads", Phase.CONTRACT);
        assertThat(migrations.status().heads()).containsExactly("last");
    }

    @Test
    void status_of_an_untouched_database_creates_nothing() {
        StatusReport status = migrations.status();
        assertThat(status.pending()).containsExactly("tickets", "count");
        assertThat(sql.number("SELECT count(*) FROM pg_namespace WHERE nspname = 'athanor'"))
                .isZero();
    }
}
