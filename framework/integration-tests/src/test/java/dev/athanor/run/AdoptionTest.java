package dev.athanor.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.ledger.VersionTool;
import dev.athanor.postgres.ConnectionUrl;
import dev.athanor.postgres.Database;
import dev.athanor.revision.Phase;
import dev.athanor.revision.RevisionStep;
import dev.athanor.sql.QualifiedName;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is taken over from other tools, and when nothing is. */
@AthanorPostgres
class AdoptionTest {
    private static final String HOSTILE = "\"tick\"\"ets; drop\"";
    private static final String FLYWAY = "flyway_schema_history";
    private static final String LIQUIBASE = "databasechangelog";

    private final Jdbc sql;
    private final TestDatabase server;
    private final ForeignTables tables;
    private Migrations migrations;

    AdoptionTest(TestDatabase server) {
        this.server = server;
        this.sql = server.jdbc();
        this.tables = new ForeignTables(sql);
    }

    @BeforeEach
    void fresh(@TempDir Path folder) {
        sql.execute("DROP SCHEMA IF EXISTS athanor, elsewhere, " + HOSTILE + " CASCADE;"
                + " DROP SCHEMA public CASCADE; CREATE SCHEMA public");
        migrations = new Migrations(folder, server);
    }

    private void revision(String id, String... parents) {
        migrations.with(id, "-- athanor:revision " + id + "\n-- athanor:revises " + String.join(", ", parents) + "\n");
    }

    private <T> T with(Function<MigrationRunner, T> work) {
        try (Database database = migrations.open()) {
            return work.apply(migrations.runner(database, builder -> builder));
        }
    }

    private static AdoptionRequest request(VersionTool from) {
        return new AdoptionRequest(from, null, Map.of());
    }

    private static AdoptionRequest request(VersionTool from, Map<String, String> names) {
        return new AdoptionRequest(from, null, names);
    }

    private Adoption plan(AdoptionRequest request) {
        return with(runner -> runner.planAdoption(request));
    }

    private Adoption adopt(AdoptionRequest request) {
        return with(runner -> runner.adopt(request));
    }

    private List<String> ledger() {
        return sql.texts("SELECT id FROM athanor.revision WHERE phase = 'contract' AND stamped ORDER BY application");
    }

    private boolean nothingWasMade() {
        return sql.text("SELECT to_regnamespace('athanor')::text") == null;
    }

    private static AthanorException refused(ThrowingCallable work, FailureKind kind, String code) {
        AthanorException[] found = new AthanorException[1];
        assertThatThrownBy(work).isInstanceOfSatisfying(AthanorException.class, e -> {
            assertThat(e.code()).as("%s", e).isEqualTo(code);
            assertThat(e.kind()).isEqualTo(kind);
            found[0] = e;
        });
        return found[0];
    }

    @Test
    void what_is_below_a_head_of_alembic_is_applied_too() {
        revision("ae10");
        revision("ae11", "ae10");
        revision("ae12", "ae10");
        revision("side");
        migrations.with("ae13", "-- athanor:revision ae13\n-- athanor:revises ae11\n-- athanor:depends-on side\n");
        tables.alembic("alembic_version", "ae12", "ae13");

        Adoption plan = plan(request(VersionTool.ALEMBIC));
        assertThat(plan.table()).isEqualTo("public.alembic_version");
        assertThat(plan.found()).containsExactly("ae12", "ae13");
        assertThat(plan.revisions()).containsExactlyInAnyOrder("ae10", "ae11", "ae12", "ae13", "side");
        assertThat(plan.plan().steps())
                .containsExactlyInAnyOrder(
                        new RevisionStep(RevisionStep.Action.STAMP, "ae12"),
                        new RevisionStep(RevisionStep.Action.STAMP, "ae13"));
        assertThat(plan.stamped()).isFalse();
        assertThat(nothingWasMade()).isTrue();

        Adoption done = adopt(request(VersionTool.ALEMBIC));
        assertThat(done).isEqualTo(plan.done());
        assertThat(ledger()).containsExactlyElementsOf(done.revisions());
        assertThat(migrations.status().pending()).isEmpty();
        assertThat(migrations.status().changed()).isEmpty();
        assertThat(with(MigrationRunner::check).drift()).isEmpty();
        assertThat(with(MigrationRunner::check).notes()).isEmpty();
        assertThat(migrations.resume().phases()).isEmpty();
        assertThat(JsonForm.of(done).keySet())
                .containsExactly(
                        "from", "table", "found", "steps", "revisions", "not_taken_over", "heads_after", "stamped");
    }

    @Test
    void adopting_twice_changes_nothing() {
        revision("ae10");
        tables.alembic("alembic_version", "ae10");
        adopt(request(VersionTool.ALEMBIC));
        long application = sql.number("SELECT application FROM athanor.revision");
        Adoption again = adopt(request(VersionTool.ALEMBIC));
        assertThat(again.plan().isEmpty()).isTrue();
        assertThat(again.stamped()).isFalse();
        assertThat(again.plan().rowsAfter()).containsExactly("ae10");
        assertThat(sql.number("SELECT application FROM athanor.revision")).isEqualTo(application);
    }

    @Test
    void every_kind_of_flyways_rows() {
        revision("V1");
        revision("2.1", "V1");
        revision("V3_0_1", "2.1");
        revision("V4", "V3_0_1");
        revision("last", "V4");
        revision("V6", "last");
        tables.flyway(FLYWAY);
        tables.flywayRow(FLYWAY, null, "SCHEMA", "<< Flyway Schema Creation >>", true);
        tables.flywayRow(FLYWAY, "1", "SQL", "first", true);
        tables.flywayRow(FLYWAY, "2.1", "JDBC", "second", true);
        tables.flywayRow(FLYWAY, null, "SQL", "views", true);
        tables.flywayRow(FLYWAY, "3.0.1", "SCRIPT", "third", true);
        tables.flywayRow(FLYWAY, null, "SQL", "views", true);
        tables.flywayRow(FLYWAY, "4", "SQL", "fourth", true);
        tables.flywayRow(FLYWAY, "4", "UNDO_SQL", "fourth undone", true);
        tables.flywayRow(FLYWAY, "4", "SQL", "fourth again", true);
        tables.flywayRow(FLYWAY, "2026-01", "CUSTOM", "fifth", true);
        tables.flywayRow(FLYWAY, "6", "SQL", "sixth", true);
        tables.flywayRow(FLYWAY, "6", "UNDO_JDBC", "sixth undone", true);
        tables.flywayRow(FLYWAY, "7", "SQL", "gone", true);
        tables.flywayRow(FLYWAY, "7", "DELETE", "gone", true);

        Adoption adoption = adopt(request(VersionTool.FLYWAY, Map.of("2026-01", "last")));
        assertThat(adoption.found()).containsExactly("1", "2.1", "3.0.1", "4", "2026-01");
        assertThat(adoption.notTakenOver()).containsExactly("<< Flyway Schema Creation >>", "views");
        assertThat(ledger()).containsExactly("V1", "2.1", "V3_0_1", "V4", "last");
        assertThat(migrations.status().pending()).containsExactly("V6");
    }

    @Test
    void what_is_below_a_baseline_of_flyway_is_applied_too() {
        revision("V1");
        revision("V2", "V1");
        revision("V3", "V2");
        revision("V4", "V3");
        tables.flyway(FLYWAY);
        tables.flywayRow(FLYWAY, "2", "BASELINE", "<< Flyway Baseline >>", true);
        tables.flywayRow(FLYWAY, "3", "SQL", "third", true);
        assertThat(plan(request(VersionTool.FLYWAY)).revisions()).containsExactly("V1", "V2", "V3");
        sql.execute("UPDATE flyway_schema_history SET type = 'SQL_BASELINE' WHERE version = '2'");
        assertThat(plan(request(VersionTool.FLYWAY)).revisions()).containsExactly("V1", "V2", "V3");
        tables.flywayRow(FLYWAY, "4", "SQL", "fourth", true);
        sql.execute("UPDATE flyway_schema_history SET version = '1' WHERE version = '2'");
        assertThat(refused(() -> plan(request(VersionTool.FLYWAY)), FailureKind.REFUSED, "foreign_gap"))
                .hasMessageEndingWith("it has not: V2");
    }

    @Test
    void whatever_has_failed_there_is_refused() {
        revision("V1");
        tables.flyway(FLYWAY);
        tables.flywayRow(FLYWAY, "1", "SQL", "first", true);
        tables.flywayRow(FLYWAY, "2", "SQL", "second", false);
        tables.flywayRow(FLYWAY, null, "SQL", "views", false);
        assertThat(refused(() -> adopt(request(VersionTool.FLYWAY)), FailureKind.REFUSED, "foreign_failure"))
                .hasMessageContaining("2 second, views");
        assertThat(nothingWasMade()).isTrue();
    }

    @Test
    void change_sets_of_one_id_are_told_apart() {
        revision("r1");
        revision("r2", "r1");
        revision("a_b", "r2");
        tables.liquibase(LIQUIBASE);
        tables.liquibaseRow(LIQUIBASE, "one.xml", "r1", "me", "EXECUTED");
        tables.liquibaseRow(LIQUIBASE, "two=2.xml", "r1", "you", "RERAN");
        tables.liquibaseRow(LIQUIBASE, "two=2.xml", "a b", "you", "MARK_RAN");
        tables.liquibaseRow(LIQUIBASE, "two=2.xml", "later", "you", "SKIPPED");
        AthanorException unknown =
                refused(() -> plan(request(VersionTool.LIQUIBASE)), FailureKind.GRAPH, "unknown_revision");
        assertThat(unknown)
                .hasMessageContaining("one.xml::r1::me, two=2.xml::r1::you; and no version stands for")
                .hasMessageEndingWith(": r1, r2");
        assertThat(unknown.hint()).contains("--map one.xml::r1::me=REVISION");

        Adoption adoption =
                adopt(request(VersionTool.LIQUIBASE, Map.of("one.xml::r1::me", "r1", "two=2.xml::r1::you", "r2")));
        assertThat(adoption.found()).containsExactly("one.xml::r1::me", "two=2.xml::r1::you", "a b");
        assertThat(adoption.notTakenOver()).containsExactly("two=2.xml::later::you");
        assertThat(ledger()).containsExactly("r1", "r2", "a_b");

        tables.liquibaseRow(LIQUIBASE, "two=2.xml", "bad", "you", "FAILED");
        refused(() -> plan(request(VersionTool.LIQUIBASE)), FailureKind.REFUSED, "foreign_failure");
    }

    @Test
    void two_versions_are_one_revision_only_if_somebody_says_so() {
        revision("a_b");
        tables.liquibase(LIQUIBASE);
        tables.liquibaseRow(LIQUIBASE, "f.xml", "a b", "me", "EXECUTED");
        tables.liquibaseRow(LIQUIBASE, "f.xml", "a-b", "me", "EXECUTED");
        AthanorException error =
                refused(() -> plan(request(VersionTool.LIQUIBASE)), FailureKind.GRAPH, "ambiguous_version");
        assertThat(error).hasMessageEndingWith("revision a_b: a b, a-b");
        assertThat(error.hint()).endsWith("--map 'a b=REVISION'");
        Map<String, String> both = Map.of("a b", "a_b", "f.xml::a-b::me", "a_b");
        assertThat(plan(request(VersionTool.LIQUIBASE, both)).revisions()).containsExactly("a_b");
    }

    @Test
    void all_versions_without_a_revision_are_named_at_once() {
        revision("V1");
        revision("V2", "V1");
        tables.flyway(FLYWAY);
        for (String version : List.of("2", "5", "6", "7")) {
            tables.flywayRow(FLYWAY, version, "SQL", "text", true);
        }
        AthanorException error = refused(
                () -> plan(request(VersionTool.FLYWAY, Map.of("6", "V11"))), FailureKind.GRAPH, "unknown_revision");
        assertThat(error)
                .hasMessageContaining("5, 6 (mapped to V11, which is no revision; did you mean V1?), 7;")
                .hasMessageEndingWith("which are below the others: V1");
        assertThat(error.hint()).endsWith("athanor adopt --from flyway --map 5=REVISION");
        assertThat(refused(
                        () -> plan(request(VersionTool.FLYWAY, Map.of("66", "V1"))),
                        FailureKind.USAGE,
                        "unknown_version"))
                .hasMessageContaining("66");
    }

    @Test
    void a_table_that_is_not_there_or_not_what_it_is_said_to_be() {
        assertThat(refused(() -> plan(request(VersionTool.ALEMBIC)), FailureKind.USAGE, "version_table_missing"))
                .hasMessageContaining("alembic_version in the search path (public)");
        AdoptionRequest named = new AdoptionRequest(VersionTool.ALEMBIC, QualifiedName.parse("no.where"), Map.of());
        assertThat(refused(() -> plan(named), FailureKind.USAGE, "version_table_missing"))
                .hasMessageContaining("\"no\".\"where\",");
        sql.execute("CREATE TABLE alembic_version (version text)");
        assertThat(refused(() -> plan(request(VersionTool.ALEMBIC)), FailureKind.USAGE, "not_a_version_table"))
                .hasMessageContaining("public.alembic_version", "version_num");
        sql.execute("CREATE SEQUENCE databasechangelog");
        refused(() -> plan(request(VersionTool.LIQUIBASE)), FailureKind.USAGE, "version_table_missing");
    }

    @Test
    void a_table_elsewhere_is_offered_and_several_are_asked_about() {
        revision("ae10");
        sql.execute("CREATE SCHEMA elsewhere; CREATE SCHEMA " + HOSTILE);
        tables.alembic(HOSTILE + ".alembic_version", "ae10");
        AthanorException offered =
                refused(() -> plan(request(VersionTool.ALEMBIC)), FailureKind.USAGE, "version_table_missing");
        assertThat(offered).hasMessageContaining("There is " + HOSTILE + ".alembic_version");
        assertThat(offered.hint()).contains("--table '" + HOSTILE + ".alembic_version'");
        tables.alembic("elsewhere.alembic_version");
        tables.alembic("alembic_version", "ae10");
        AthanorException several =
                refused(() -> plan(request(VersionTool.ALEMBIC)), FailureKind.USAGE, "several_version_tables");
        assertThat(several)
                .hasMessageContainingAll(
                        "public.alembic_version", "elsewhere.alembic_version", HOSTILE + ".alembic_version");
        assertThat(several.hint()).endsWith("--table public.alembic_version");
        AdoptionRequest byPath =
                new AdoptionRequest(VersionTool.ALEMBIC, QualifiedName.parse("alembic_version"), Map.of());
        assertThat(plan(byPath).table()).isEqualTo("public.alembic_version");
    }

    @Test
    void hostile_names_are_read_as_they_are() {
        revision("V1");
        String table = HOSTILE + "." + HOSTILE;
        sql.execute("CREATE SCHEMA " + HOSTILE);
        for (VersionTool tool : VersionTool.values()) {
            sql.execute("DROP TABLE IF EXISTS " + table);
            switch (tool) {
                case ALEMBIC -> tables.alembic(table, "V1");
                case FLYWAY -> {
                    tables.flyway(table);
                    tables.flywayRow(table, "1", "SQL", "'; DROP TABLE x; --", true);
                }
                case LIQUIBASE -> {
                    tables.liquibase(table);
                    tables.liquibaseRow(table, "'; DROP", "V1", "me", "EXECUTED");
                }
            }
            Adoption adoption = plan(new AdoptionRequest(tool, QualifiedName.parse(table), Map.of()));
            assertThat(adoption.table()).isEqualTo(table);
            assertThat(adoption.revisions()).as("%s", tool).containsExactly("V1");
        }
    }

    @Test
    void reading_needs_no_right_but_select_on_the_table() {
        revision("ae10");
        tables.alembic("alembic_version", "ae10");
        sql.execute("CREATE ROLE adoption_guest LOGIN PASSWORD 'guest'; REVOKE ALL ON SCHEMA public FROM public;"
                + " GRANT USAGE ON SCHEMA public TO adoption_guest");
        String url = server.url().replaceFirst("//[^@]*@", "//adoption_guest:guest@");
        try (Database database = Database.open(ConnectionUrl.parse(url, Map.of()), migrations.connections())) {
            MigrationRunner runner = migrations.runner(database, builder -> builder);
            refused(
                    () -> runner.planAdoption(request(VersionTool.ALEMBIC)),
                    FailureKind.FAILED,
                    "insufficient_privilege");
            sql.execute("GRANT SELECT ON alembic_version TO adoption_guest");
            assertThat(runner.planAdoption(request(VersionTool.ALEMBIC)).revisions())
                    .containsExactly("ae10");
            refused(() -> runner.adopt(request(VersionTool.ALEMBIC)), FailureKind.FAILED, "missing_right");
        } finally {
            sql.execute("DROP OWNED BY adoption_guest; DROP ROLE adoption_guest");
        }
    }

    @Test
    void a_ledger_that_says_something_else_is_left_as_it_is() {
        migrations.with("1", Migrations.TICKETS).with("2", Migrations.COUNT);
        tables.alembic("alembic_version", "count");
        migrations.upgrade("tickets");
        refused(() -> adopt(request(VersionTool.ALEMBIC)), FailureKind.REFUSED, "ledger_not_empty");
        migrations.upgrade("count", Phase.EXPAND);
        assertThat(refused(() -> adopt(request(VersionTool.ALEMBIC)), FailureKind.REFUSED, "ledger_not_empty"))
                .hasMessageContaining("between phases: count");
        assertThat(migrations.status().betweenPhases()).hasSize(1);
        migrations.upgrade("count");
        assertThat(adopt(request(VersionTool.ALEMBIC)).stamped()).isFalse();
        assertThat(sql.number("SELECT count(*) FROM athanor.revision WHERE stamped"))
                .isZero();
    }

    @Test
    void an_empty_table_is_nothing_to_adopt() {
        migrations.with("1", Migrations.TICKETS);
        tables.alembic("alembic_version");
        Adoption nothing = adopt(request(VersionTool.ALEMBIC));
        assertThat(nothing.plan().isEmpty()).isTrue();
        assertThat(nothing.stamped()).isFalse();
        assertThat(nothing.revisions()).isEmpty();
        assertThat(nothingWasMade()).isTrue();
        migrations.upgrade("tickets");
        assertThat(adopt(request(VersionTool.ALEMBIC)).plan().rowsAfter()).containsExactly("tickets");
    }

    @Test
    void whoever_holds_the_lease_is_not_disturbed() {
        revision("ae10");
        tables.alembic("alembic_version", "ae10");
        migrations.stamp("base");
        sql.execute("UPDATE athanor.lease SET released = false, heartbeat_at = clock_timestamp(),"
                + " expires_at = clock_timestamp() + interval '1 hour', pid = "
                + ProcessHandle.current().pid()
                + ", process_started_at = null");
        refused(() -> adopt(request(VersionTool.ALEMBIC)), FailureKind.LEASE_HELD, "lease_held");
        assertThat(sql.number("SELECT count(*) FROM athanor.revision")).isZero();
        assertThat(plan(request(VersionTool.ALEMBIC)).revisions()).containsExactly("ae10");
    }

    @Test
    void the_same_for_reactive_callers() {
        revision("ae10");
        tables.alembic("alembic_version", "ae10");
        Adoption plan = with(runner ->
                runner.reactive().planAdoption(request(VersionTool.ALEMBIC)).block());
        Adoption done = with(
                runner -> runner.reactive().adopt(request(VersionTool.ALEMBIC)).block());
        assertThat(done).isEqualTo(plan.done());
        assertThat(ledger()).containsExactly("ae10");
    }
}
