package dev.athanor.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.AthanorException;
import dev.athanor.revision.Phase;
import dev.athanor.revision.RevisionStep;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Setting what is applied, without running it. */
@AthanorPostgres
class StampTest {
    private final Jdbc sql;
    private final TestDatabase server;
    private Migrations migrations;

    StampTest(TestDatabase server) {
        this.server = server;
        this.sql = server.jdbc();
    }

    @BeforeEach
    void fresh(@TempDir Path folder) {
        sql.execute("DROP SCHEMA IF EXISTS athanor CASCADE; DROP TABLE IF EXISTS tickets, other");
        migrations = new Migrations(folder, server)
                .with("1", Migrations.TICKETS)
                .with("2", Migrations.COUNT)
                .with("3", """
                        -- athanor:revision other
                        -- athanor:labels side
                        -- athanor:expand
                        CREATE TABLE other (id int);
                        -- athanor:contract
                        ALTER TABLE other ADD PRIMARY KEY (id);
                        """);
    }

    @Test
    void keeps_every_revision_below_the_target() {
        RunResult result = migrations.stamp("count");

        assertThat(result.steps()).containsExactly(new RevisionStep(RevisionStep.Action.STAMP, "count"));
        assertThat(result.headsAfter()).containsExactly("count");
        assertThat(sql.texts("SELECT id || ' ' || phase || ' ' || stamped FROM athanor.revision ORDER BY application"))
                .containsExactly("tickets contract true", "count contract true");
        assertThat(sql.text("SELECT to_regclass('tickets')::text")).isNull();
        assertThat(migrations.status().pending()).containsExactly("other");
        assertThat(migrations.status().changed()).isEmpty();
    }

    @Test
    void takes_the_place_of_what_stands_above_and_leaves_other_branches() {
        migrations.upgrade("heads");
        long application = sql.number("SELECT application FROM athanor.revision WHERE id = 'tickets'");

        RunResult result = migrations.stamp("tickets");

        assertThat(result.headsAfter()).containsExactly("other", "tickets");
        assertThat(sql.texts("SELECT id FROM athanor.revision ORDER BY id")).containsExactly("other", "tickets");
        assertThat(sql.number("SELECT application FROM athanor.revision WHERE id = 'tickets'"))
                .isEqualTo(application);
        assertThat(migrations.stamp("base").headsAfter()).isEmpty();
        assertThat(sql.number("SELECT count(*) FROM athanor.revision")).isZero();
    }

    @Test
    void a_revision_between_phases_stays_unless_it_is_in_the_way() {
        migrations.upgrade("side@heads", Phase.EXPAND);
        migrations.stamp("count");
        assertThat(migrations.status().betweenPhases())
                .extracting(StatusReport.RevisionProgress::revision)
                .containsExactly("other");
        migrations.upgrade("heads");

        sql.execute("DROP SCHEMA athanor CASCADE; DROP TABLE IF EXISTS tickets, other");
        migrations.upgrade("count", Phase.EXPAND);
        assertThatThrownBy(() -> migrations.stamp("tickets")).isInstanceOfSatisfying(AthanorException.class, e -> {
            assertThat(e.code()).isEqualTo("half_done");
            assertThat(e).hasMessageContaining("count");
        });
        assertThat(sql.texts("SELECT id FROM athanor.revision ORDER BY id")).containsExactly("count", "tickets");
        RunResult purged = migrations.stamp(true, "tickets");
        assertThat(purged.steps()).contains(new RevisionStep(RevisionStep.Action.UNSTAMP, "count"));
        assertThat(sql.texts("SELECT id || ' ' || stamped FROM athanor.revision"))
                .containsExactly("tickets true");
    }

    @Test
    void there_is_nothing_to_resume_behind_it() {
        migrations.with("2", Migrations.COUNT.replace("ADD COLUMN n int", "ADD COLUMN n nonsense"));
        assertThatThrownBy(() -> migrations.upgrade("count")).isInstanceOf(AthanorException.class);
        migrations.stamp(true, "tickets");
        assertThat(migrations.resume().phases()).isEmpty();
    }

    @Test
    void only_a_purge_forgets_a_revision_that_no_file_has() {
        migrations.stamp("heads");
        migrations.without("2");
        assertThatThrownBy(() -> migrations.stamp("tickets")).isInstanceOfSatisfying(AthanorException.class, e -> {
            assertThat(e.code()).isEqualTo("unknown_revision");
            assertThat(e.hint()).contains("athanor stamp --purge");
        });
        assertThat(migrations.stamp(true, "tickets", "other").headsAfter()).containsExactly("other", "tickets");
        assertThat(sql.texts("SELECT id FROM athanor.revision ORDER BY id")).containsExactly("other", "tickets");
    }
}
