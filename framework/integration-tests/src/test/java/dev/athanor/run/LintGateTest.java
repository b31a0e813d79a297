package dev.athanor.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.lint.LintRule;
import dev.athanor.lint.Severity;
import dev.athanor.plan.RevisionFinding;
import dev.athanor.postgres.Database;
import dev.athanor.revision.Phase;
import dev.athanor.sql.QualifiedName;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lint finds stands in the way of an upgrade, as far as the sizes of the tables and the settings let it. */
@AthanorPostgres
class LintGateTest {
    private static final String INDEX = "CREATE INDEX tickets_status ON tickets (status);\n";
    private static final String RENAME = "ALTER TABLE tickets RENAME COLUMN status TO state;\n";

    @TempDir
    private Path folder;

    private final TestDatabase database;
    private final Jdbc sql;
    private final List<RevisionFinding> told = new ArrayList<>();

    LintGateTest(TestDatabase database) {
        this.database = database;
        this.sql = database.jdbc();
    }

    @BeforeEach
    void tables() {
        sql.execute("DROP SCHEMA IF EXISTS athanor CASCADE; DROP TABLE IF EXISTS tickets, labels;"
                + "CREATE TABLE tickets (id bigint PRIMARY KEY, status text)");
    }

    private void grow() {
        sql.execute("INSERT INTO tickets SELECT i, repeat('x', 900) FROM generate_series(1, 12000) i");
    }

    private RunResult upgrade(String statements, UnaryOperator<MigrationRunner.Builder> more) {
        return upgrade(
                new Migrations(folder, database).with("r", "-- athanor:revision r\n-- athanor:expand\n" + statements),
                null,
                more);
    }

    private RunResult upgrade(Migrations migrations, Phase phase, UnaryOperator<MigrationRunner.Builder> more) {
        RunListener listener = new RunListener() {
            @Override
            public void linted(List<RevisionFinding> findings) {
                told.addAll(findings);
            }
        };
        try (Database open = migrations.open()) {
            return more.apply(MigrationRunner.of(open, migrations.revisions()).listener(listener))
                    .build()
                    .upgrade(new UpgradeRequest("heads", phase));
        }
    }

    private void refused(String statements, UnaryOperator<MigrationRunner.Builder> more, String... says) {
        assertThatThrownBy(() -> upgrade(statements, more)).isInstanceOfSatisfying(AthanorException.class, refusal -> {
            assertThat(refusal.kind()).isEqualTo(FailureKind.REFUSED);
            assertThat(refusal.code()).isEqualTo("lint_refused");
            assertThat(refusal).hasMessageContainingAll(says);
            assertThat(refusal.hint()).contains("-- athanor:allow", "--no-lint");
        });
        assertThat(sql.number("SELECT count(*) FROM athanor.revision")).isZero();
        assertThat(sql.number("SELECT count(*) FROM athanor.run")).isZero();
    }

    @Test
    void an_error_refuses_before_anything_is_changed() {
        grow();
        refused("CREATE TABLE labels (id bigint);\n" + INDEX, builder -> builder, "r.sql:4: error IX1: ", "MB");
        assertThat(sql.number("SELECT count(*) FROM pg_class WHERE relname = 'labels'"))
                .isZero();
    }

    @Test
    void on_a_small_table_a_lock_is_no_matter() {
        upgrade(INDEX, builder -> builder);
        assertThat(told).isEmpty();
    }

    @Test
    void a_table_that_is_declared_small_is_small() {
        grow();
        upgrade(INDEX, builder -> builder.smallTables(Set.of(QualifiedName.parse("tickets"))));
    }

    @Test
    void a_table_that_an_earlier_revision_is_going_to_make_is_small() {
        Migrations two = new Migrations(folder, database)
                .with("a", "-- athanor:revision a\n-- athanor:expand\nCREATE TABLE labels (id bigint);\n")
                .with(
                        "b",
                        "-- athanor:revision b\n-- athanor:revises a\n-- athanor:expand\nCREATE INDEX l ON labels (id);\n");
        assertThat(upgrade(two, null, builder -> builder).headsAfter()).containsExactly("b");
    }

    @Test
    void code_that_breaks_breaks_on_small_tables_too() {
        refused(RENAME, builder -> builder, "r.sql:3: error CL8: ");
    }

    @Test
    void a_waiver_with_a_reason_lets_it_pass() {
        grow();
        upgrade("-- athanor:allow IX1 at night, nobody writes\n" + INDEX, builder -> builder);
        assertThat(told).isEmpty();
    }

    @Test
    void a_waiver_without_a_reason_excuses_nothing() {
        refused("-- athanor:allow CL8\n" + RENAME, builder -> builder, "CL8");
    }

    @Test
    void errors_may_be_told_only() {
        upgrade(RENAME, builder -> builder.lint(LintMode.WARN));
        assertThat(told).singleElement().satisfies(found -> {
            assertThat(found.finding().rule()).isEqualTo(LintRule.CL8);
            assertThat(found.finding().severity()).isEqualTo(Severity.ERROR);
        });
    }

    @Test
    void lint_may_be_off() {
        upgrade(RENAME, builder -> builder.lint(LintMode.OFF));
        assertThat(told).isEmpty();
    }

    @Test
    void warnings_are_told() {
        upgrade("ALTER TABLE tickets ADD COLUMN raw json;\n", builder -> builder);
        assertThat(told).extracting(found -> found.finding().rule()).containsExactly(LintRule.CL4);
    }

    @Test
    void contract_is_looked_at_before_expand_runs_and_expand_no_more_when_it_is_done() {
        Migrations phases = new Migrations(folder, database)
                .with(
                        "r",
                        "-- athanor:revision r\n-- athanor:expand\n" + RENAME
                                + "-- athanor:contract\nALTER TABLE tickets RENAME COLUMN id TO number;\n");
        assertThatThrownBy(() -> upgrade(phases, Phase.EXPAND, builder -> builder))
                .hasMessageContainingAll("r.sql:3: error CL8", "r.sql:5: error CL8");
        upgrade(phases, Phase.EXPAND, builder -> builder.lint(LintMode.OFF));
        assertThatThrownBy(() -> upgrade(phases, null, builder -> builder))
                .hasMessageContaining("r.sql:5: error CL8")
                .hasMessageNotContaining("r.sql:3");
    }

    @Test
    void a_run_that_goes_on_is_told_and_not_refused() {
        Migrations fails = new Migrations(folder, database)
                .with(
                        "r",
                        "-- athanor:revision r\n-- athanor:expand\n" + RENAME
                                + "ALTER TABLE labels ADD COLUMN a text;\n");
        assertThatThrownBy(() -> upgrade(fails, null, builder -> builder.lint(LintMode.OFF)))
                .isInstanceOf(AthanorException.class);
        sql.execute("CREATE TABLE labels (id bigint)");
        try (Database open = fails.open()) {
            MigrationRunner.of(open, fails.revisions()).build().resume(null);
        }
        assertThat(sql.number("SELECT count(*) FROM pg_attribute WHERE attrelid = 'tickets'::regclass"
                        + " AND attname = 'state'"))
                .isEqualTo(1);
    }

    @Test
    void looks_at_what_is_pending_with_the_version_and_the_sizes_of_the_database() {
        grow();
        Migrations two = new Migrations(folder, database)
                .with("a", "-- athanor:revision a\n-- athanor:expand\nALTER TABLE tickets ADD COLUMN a text;\n");
        upgrade(two, null, builder -> builder);
        two.with("b", "-- athanor:revision b\n-- athanor:revises a\n-- athanor:expand\n" + INDEX);
        try (Database open = two.open()) {
            LintReport report =
                    MigrationRunner.of(open, two.revisions()).build().lint(LintRequest.DEFAULT);
            assertThat(report.revisions()).containsExactly("b");
            assertThat(report.version().major()).isEqualTo(database.server().major());
            assertThat(report.online()).isTrue();
            assertThat(report.refuses()).isTrue();
            assertThat(report.findings())
                    .singleElement()
                    .satisfies(found -> assertThat(found.finding().message()).contains("MB", " of work"));
        }
    }
}
