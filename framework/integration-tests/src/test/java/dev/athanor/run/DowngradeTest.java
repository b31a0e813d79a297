package dev.athanor.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.postgres.Database;
import dev.athanor.revision.Phase;
import dev.athanor.run.RunResult.PhaseDone;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.test.StepVerifier;

/** Downgrades by undo sections, on a real database. */
@AthanorPostgres
class DowngradeTest {
    private static final String UNDO_TICKETS = """

            -- athanor:undo expand
            DROP TABLE tickets;
            """;
    private static final String UNDO_COUNT = """

            -- athanor:undo contract
            ALTER TABLE tickets DROP CONSTRAINT n_one;
            -- athanor:undo expand
            ALTER TABLE tickets DROP COLUMN n;
            """;

    private final Jdbc sql;
    private final TestDatabase server;
    private Migrations migrations;

    DowngradeTest(TestDatabase server) {
        this.server = server;
        this.sql = server.jdbc();
    }

    @BeforeEach
    void fresh(@TempDir Path folder) {
        sql.execute("DROP SCHEMA IF EXISTS athanor CASCADE; DROP TABLE IF EXISTS tickets, other, undone");
        migrations = new Migrations(folder, server)
                .with("1", Migrations.TICKETS + UNDO_TICKETS)
                .with("2", Migrations.COUNT + UNDO_COUNT);
    }

    private static Consumer<AthanorException> failure(FailureKind kind, String code) {
        return e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.kind()).isEqualTo(kind);
        };
    }

    private static void fails(ThrowingCallable what, Consumer<AthanorException> how) {
        assertThatThrownBy(what).isInstanceOfSatisfying(AthanorException.class, how);
    }

    private List<String> columns() {
        return sql.texts("SELECT attname FROM pg_attribute WHERE attrelid = to_regclass('tickets') AND attnum > 0"
                + " AND NOT attisdropped ORDER BY 1");
    }

    private List<String> ledger() {
        return sql.texts("SELECT id FROM athanor.revision ORDER BY 1");
    }

    @Test
    void undoes_a_revision_from_contract_back_to_expand() {
        migrations.upgrade("heads");

        RunResult result = migrations.downgrade("-1");

        assertThat(result.phases())
                .containsExactly(
                        new PhaseDone("count", Phase.CONTRACT),
                        new PhaseDone("count", Phase.BACKFILL),
                        new PhaseDone("count", Phase.EXPAND));
        assertThat(result.undone()).containsExactly("count");
        assertThat(result.applied()).isEmpty();
        assertThat(result.headsAfter()).containsExactly("tickets");
        assertThat(columns()).containsExactly("id", "status");
        assertThat(ledger()).containsExactly("tickets");
        assertThat(sql.number("SELECT count(*) FROM athanor.backfill")).isZero();
        assertThat(sql.number("SELECT count(*) FROM athanor.backfill_chunk")).isZero();
        assertThat(sql.texts("SELECT kind FROM athanor.event WHERE revision_id = 'count' ORDER BY id DESC LIMIT 4"))
                .containsExactly("phase_undone", "phase_undone", "phase_undone", "undo_begun");
    }

    @Test
    void what_was_undone_is_applied_anew_from_its_first_chunk() {
        migrations.upgrade("heads");
        assertThat(migrations.downgrade("base").undone()).containsExactly("count", "tickets");
        assertThat(ledger()).isEmpty();
        assertThat(migrations.downgrade("base").phases()).isEmpty();

        migrations.upgrade("heads");

        assertThat(sql.number("SELECT count(*) FROM tickets WHERE n = 1")).isEqualTo(10_000);
        assertThat(migrations.status().pending()).isEmpty();
    }

    @Test
    void a_revision_between_phases_is_undone_as_far_as_it_has_come() {
        migrations.upgrade("tickets");
        migrations.upgrade("heads", Phase.EXPAND);

        RunResult result = migrations.downgrade("-1");

        assertThat(result.phases()).containsExactly(new PhaseDone("count", Phase.EXPAND));
        assertThat(columns()).containsExactly("id", "status");
        assertThat(migrations.status().betweenPhases()).isEmpty();
    }

    @Test
    void refuses_with_all_reasons_and_changes_nothing() {
        migrations
                .with("1", Migrations.TICKETS)
                .with(
                        "2",
                        Migrations.COUNT.replace(
                                        "revises   tickets", "revises   tickets\n-- athanor:irreversible it is lost")
                                + UNDO_COUNT);
        migrations.upgrade("heads");

        fails(
                () -> migrations.downgrade("base"),
                failure(FailureKind.REFUSED, "irreversible")
                        .andThen(e -> assertThat(e)
                                .hasMessageContaining("2.sql")
                                .hasMessageContaining("says that it is irreversible: it is lost")
                                .hasMessageContaining("1.sql")
                                .hasMessageContaining("-- athanor:undo expand")));

        assertThat(columns()).containsExactly("id", "n", "status");
        assertThat(migrations.status().heads()).containsExactly("count");
        assertThat(migrations.resume().phases()).isEmpty();
    }

    @Test
    void an_irreversible_revision_can_be_undone_before_its_contract() {
        migrations.with(
                "2",
                Migrations.COUNT.replace("revises   tickets", "revises   tickets\n-- athanor:irreversible it is lost")
                        + UNDO_COUNT);
        migrations.upgrade("tickets");
        migrations.upgrade("heads", Phase.EXPAND);
        migrations.upgrade("heads", Phase.BACKFILL);

        assertThat(migrations.downgrade("tickets").undone()).containsExactly("count");
    }

    @Test
    void a_backfill_that_stands_alone_needs_an_undo_of_its_own() {
        migrations.with("3", """
                -- athanor:revision close
                -- athanor:revises count
                -- athanor:backfill table=tickets
                UPDATE tickets SET status = 'closed' WHERE ${chunk};
                """);
        migrations.upgrade("heads");
        fails(() -> migrations.downgrade("-1"), failure(FailureKind.REFUSED, "irreversible"));

        migrations.with("3", """
                -- athanor:revision close
                -- athanor:revises count
                -- athanor:backfill table=tickets
                UPDATE tickets SET status = 'closed' WHERE ${chunk};
                -- athanor:undo backfill
                UPDATE tickets SET status = 'open';
                """);
        migrations.downgrade("-1");
        assertThat(sql.number("SELECT count(*) FROM tickets WHERE status = 'open'"))
                .isEqualTo(10_000);
    }

    @Test
    void a_failed_undo_goes_on_at_the_section_that_failed() {
        sql.execute("CREATE TABLE undone (section int)");
        String first = "\n-- athanor:undo contract\nINSERT INTO undone VALUES (1);\n-- athanor:undo contract\n";
        String last = "\n-- athanor:undo expand\nALTER TABLE tickets DROP COLUMN n;\n";
        migrations.with("2", Migrations.COUNT + first + "ALTER TABLE nowhere DROP CONSTRAINT n_one;" + last);
        migrations.upgrade("heads");

        fails(
                () -> migrations.downgrade("-1"),
                failure(FailureKind.FAILED, "statement_failed")
                        .andThen(e -> assertThat(e).hasMessageContaining("undo contract[1]")));
        assertThat(migrations.status().heads()).containsExactly("tickets");
        assertThat(migrations.status().betweenPhases()).singleElement().satisfies(revision -> {
            assertThat(revision.undoing()).isTrue();
            assertThat(revision.next()).isEqualTo("contract");
        });
        fails(() -> migrations.upgrade("heads"), failure(FailureKind.REFUSED, "being_undone"));

        migrations.with("2", Migrations.COUNT + first + "ALTER TABLE tickets DROP CONSTRAINT n_one;" + last);
        assertThat(migrations.resume().undone()).containsExactly("count");
        assertThat(sql.number("SELECT count(*) FROM undone")).isEqualTo(1);
        assertThat(columns()).containsExactly("id", "status");
        assertThat(migrations.resume().phases()).isEmpty();
    }

    @Test
    void a_stopped_downgrade_is_resumed_and_undoes_nothing_twice() {
        migrations.upgrade("heads");
        try (Database database = migrations.open()) {
            MigrationRunner[] itself = new MigrationRunner[1];
            MigrationRunner runner = migrations.runner(
                    database,
                    builder -> builder.listener(new RunListener() {
                        @Override
                        public void undoFinished(String revision, Phase phase) {
                            if (phase == Phase.BACKFILL && revision.equals("count")) {
                                itself[0].stop();
                            }
                        }
                    }));
            itself[0] = runner;
            RunResult stopped = runner.downgrade("base");
            assertThat(stopped.stopped()).isTrue();
            assertThat(stopped.undone()).isEmpty();
        }
        assertThat(migrations.resume().undone()).containsExactly("count", "tickets");
        assertThat(ledger()).isEmpty();
    }

    @Test
    void reactive_callers_get_the_same() {
        try (Database database = migrations.open()) {
            ReactiveMigrationRunner runner =
                    migrations.runner(database, builder -> builder).reactive();
            StepVerifier.create(runner.upgrade(new UpgradeRequest("heads", null))
                            .then(runner.downgrade("tickets"))
                            .zipWhen(undone -> runner.status()))
                    .assertNext(both -> {
                        assertThat(both.getT1().undone()).containsExactly("count");
                        assertThat(both.getT2().pending()).containsExactly("count");
                    })
                    .verifyComplete();
            StepVerifier.create(runner.downgrade("nobody"))
                    .verifyErrorSatisfies(e -> assertThat(e)
                            .isInstanceOfSatisfying(
                                    AthanorException.class, failure(FailureKind.GRAPH, "unknown_revision")));
        }
    }

    @Test
    void a_revision_that_was_begun_and_lost_its_file_stops_an_upgrade() {
        migrations.upgrade("tickets");
        migrations.upgrade("heads", Phase.EXPAND);
        migrations.without("2");
        fails(
                () -> migrations.upgrade("heads"),
                failure(FailureKind.GRAPH, "unknown_revision")
                        .andThen(e -> assertThat(e).hasMessageContaining("count")));
        assertThat(migrations.status().unknown()).containsExactly("count");
    }

    @Test
    void drift_is_told_by_the_run_that_takes_it_over_and_kept_by_one_that_fails() {
        migrations.upgrade("tickets");
        sql.execute("ALTER TABLE tickets ADD COLUMN by_hand int");
        migrations.with("2", Migrations.COUNT.replace("VALIDATE CONSTRAINT n_one", "VALIDATE CONSTRAINT nobody"));
        fails(() -> migrations.upgrade("heads"), failure(FailureKind.FAILED, "statement_failed"));
        migrations.with("2", Migrations.COUNT + UNDO_COUNT);
        assertThat(migrations.resume().applied()).containsExactly("count");

        sql.execute("ALTER TABLE tickets ADD COLUMN again int");
        assertThat(migrations.downgrade("-1").notes())
                .anyMatch(note -> note.contains("Drift before this run") && note.contains("again"));
        sql.execute("ALTER TABLE tickets DROP COLUMN again, DROP COLUMN by_hand");
    }

    @Test
    void a_revision_without_its_file_is_a_graph_error_and_no_crash() {
        migrations.upgrade("heads");
        migrations.without("2");
        fails(() -> migrations.downgrade("base"), failure(FailureKind.GRAPH, "unknown_revision"));
        assertThat(migrations.status().unknown()).containsExactly("count");
    }
}
