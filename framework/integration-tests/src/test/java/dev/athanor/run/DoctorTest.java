package dev.athanor.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.athanor.AthanorException;
import dev.athanor.postgres.ConnectionUrl;
import dev.athanor.postgres.Database;
import dev.athanor.revision.Phase;
import dev.athanor.run.DoctorReport.Finding;
import dev.athanor.run.DoctorReport.Severity;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a doctor finds in servers, rights and ledgers; whatever they are like, it finds something and does not fail. */
@AthanorPostgres
class DoctorTest {
    private static final String HOSTILE = "\"tick\"\"ets; drop\"";
    /** Of all databases of the server, as roles are. */
    private static final String GUEST = "\"doctor's \"\"guest\"";

    private static final String FILL = """
            -- athanor:revision fill
            -- athanor:backfill name=fill table=%1$s key=id
            UPDATE %1$s SET n = 1 WHERE ${chunk};
            """;

    private final Jdbc sql;
    private final TestDatabase server;
    private Migrations migrations;

    DoctorTest(TestDatabase server) {
        this.server = server;
        this.sql = server.jdbc();
    }

    @BeforeEach
    void fresh(@TempDir Path folder) {
        sql.execute("DROP SCHEMA IF EXISTS athanor, " + HOSTILE + " CASCADE;"
                + " DROP SCHEMA public CASCADE; CREATE SCHEMA public; GRANT USAGE ON SCHEMA public TO public;"
                + " CREATE ROLE " + GUEST + " LOGIN PASSWORD 's3cret'");
        migrations = new Migrations(folder, server);
    }

    @AfterEach
    void noGuest() {
        sql.execute("DROP OWNED BY " + GUEST + " CASCADE; DROP ROLE " + GUEST);
    }

    private DoctorReport examine() {
        return examine(server.url());
    }

    private DoctorReport asGuest() {
        return examine(server.url().replaceFirst("//[^@]*@", "//doctor%27s%20%22guest:s3cret@"));
    }

    private DoctorReport examine(String url) {
        try (Database database = Database.open(ConnectionUrl.parse(url, Map.of()), migrations.connections())) {
            DoctorReport report =
                    migrations.runner(database, builder -> builder).doctor();
            assertThat(report.findings()).isNotEmpty().allSatisfy(finding -> {
                assertThat(finding.remedy().isEmpty()).as("%s", finding).isEqualTo(finding.severity() == Severity.OK);
                assertThat(finding.toString()).doesNotContain("s3cret", "Exception");
            });
            return report;
        }
    }

    private static List<String> worse(DoctorReport report) {
        return report.findings().stream()
                .filter(finding -> finding.severity() != Severity.OK)
                .map(DoctorTest::line)
                .toList();
    }

    private static String line(Finding finding) {
        return finding.severity().key() + ": " + finding.object() + " " + finding.finding() + " -> " + finding.remedy();
    }

    @Test
    void tells_where_it_is_and_as_whom() {
        DoctorReport report = asGuest();
        assertThat(report.findings().get(0).severity()).isEqualTo(Severity.OK);
        assertThat(report.findings().get(0).finding())
                .startsWith("answers at postgresql://doctor's \"guest@")
                .endsWith("as role 'doctor's \"guest'");
        assertThat(worse(report))
                .hasSize(2)
                .anySatisfy(line -> assertThat(line)
                        .startsWith(
                                "problem: state schema \"athanor\" Role 'doctor's \"guest' may not create the state schema")
                        .contains("GRANT CREATE ON DATABASE"));
        assertThat(worse(report))
                .anySatisfy(line -> assertThat(line)
                        .contains("may not see what other sessions do")
                        .contains("pg_monitor"));
        assertThat(examine().healthy()).isTrue();
    }

    @Test
    void settings_of_the_role_that_hurt() {
        sql.execute("ALTER ROLE " + GUEST + " SET standard_conforming_strings = off;"
                + " ALTER ROLE " + GUEST + " SET default_transaction_read_only = on;"
                + " ALTER ROLE " + GUEST + " SET statement_timeout = '30s'");
        assertThat(worse(asGuest()))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("problem: database ")
                        .contains("standard_conforming_strings off", "ALTER ROLE " + GUEST + " SET standard"))
                .anySatisfy(line -> assertThat(line).startsWith("problem: ").contains("default_transaction_read_only"))
                .anySatisfy(line -> assertThat(line).startsWith("note: ").contains("30s (statement_timeout)"));
    }

    @Test
    void rights_on_the_tables_of_pending_backfills() {
        String table = HOSTILE + "." + HOSTILE;
        sql.execute("CREATE SCHEMA " + HOSTILE + "; CREATE TABLE " + table + " (id int PRIMARY KEY, n int);"
                + " CREATE SCHEMA athanor AUTHORIZATION " + GUEST);
        migrations.with("fill", FILL.formatted(table));
        assertThat(worse(asGuest()))
                .contains(
                        "problem: table " + table + " is in a schema that role " + GUEST
                                + " may not use, and a pending backfill works on it -> Let an administrator run: GRANT"
                                + " USAGE ON SCHEMA " + HOSTILE + " TO " + GUEST + ";",
                        "problem: table " + table + " does not let role " + GUEST
                                + " SELECT, UPDATE, which a pending backfill needs -> Let its owner run: GRANT SELECT,"
                                + " UPDATE ON " + table + " TO " + GUEST + ";");
        sql.execute("GRANT USAGE ON SCHEMA " + HOSTILE + " TO " + GUEST + "; GRANT SELECT (id), UPDATE (n) ON " + table
                + " TO " + GUEST);
        DoctorReport allowed = asGuest();
        assertThat(allowed.healthy()).as("%s", allowed).isTrue();
        assertThat(worse(allowed))
                .anySatisfy(line -> assertThat(line).startsWith("note: table ").contains("belongs to"));
        sql.execute("ALTER TABLE " + table + " ENABLE ROW LEVEL SECURITY");
        assertThat(worse(asGuest()))
                .anySatisfy(line ->
                        assertThat(line).startsWith("warning: table " + table + " has row security for role " + GUEST));
        assertThat(examine().healthy()).isTrue();
    }

    @Test
    void rights_are_those_of_the_statement_and_tables_to_come_are_not_looked_at() {
        sql.execute("CREATE TABLE a (id int PRIMARY KEY, n int); CREATE TABLE b (id int);"
                + " CREATE SCHEMA athanor AUTHORIZATION " + GUEST + "; GRANT SELECT ON a TO " + GUEST);
        migrations
                .with(
                        "copy",
                        "-- athanor:revision copy\n-- athanor:backfill name=copy table=a\n"
                                + "INSERT INTO b SELECT id FROM a WHERE ${chunk};\n")
                .with(
                        "remove",
                        "-- athanor:revision remove\n-- athanor:backfill name=remove table=a\n"
                                + "DELETE FROM a WHERE ${chunk};\n")
                .with(
                        "move",
                        "-- athanor:revision move\n-- athanor:backfill name=move table=a\n"
                                + "WITH gone AS (DELETE FROM a WHERE ${chunk} RETURNING id) INSERT INTO c SELECT id FROM gone;\n")
                .with("fill", FILL.formatted("tocome"));
        assertThat(worse(asGuest()))
                .filteredOn(line -> line.startsWith("problem"))
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).contains("GRANT INSERT ON public.b TO"),
                        line -> assertThat(line).contains("GRANT DELETE ON public.a TO"));
    }

    @Test
    void placeholders_without_a_value() {
        migrations.with("fill", FILL.formatted("tickets").replace("n = 1", "n = ${size}"));
        assertThat(worse(examine()))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("problem: pending revisions")
                        .contains("size"));
    }

    @Test
    void a_role_that_may_only_read_the_state_schema_hears_of_the_ledger_all_the_same() {
        migrations.with("1", Migrations.TICKETS).with("2", Migrations.COUNT);
        migrations.upgrade("count", Phase.EXPAND);
        sql.execute("GRANT USAGE ON SCHEMA athanor TO " + GUEST + "; GRANT SELECT ON ALL TABLES IN SCHEMA athanor TO "
                + GUEST);
        assertThat(worse(asGuest()))
                .anySatisfy(line -> assertThat(line).contains("may not use the state schema", "GRANT USAGE, CREATE"))
                .anySatisfy(line -> assertThat(line).contains("warning: revision count has done its expand phase"));
        sql.execute("GRANT ALL ON athanor.lease, athanor.revision TO " + GUEST);
        assertThat(worse(asGuest()))
                .anySatisfy(line -> assertThat(line)
                        .contains("may not read and change athanor.backfill", "GRANT ALL ON ALL SEQUENCES IN SCHEMA"));
        sql.execute("GRANT ALL ON ALL TABLES IN SCHEMA athanor TO " + GUEST
                + "; GRANT ALL ON ALL SEQUENCES IN SCHEMA athanor TO " + GUEST);
        assertThat(asGuest().findings())
                .anySatisfy(finding -> assertThat(line(finding)).contains("may be used"));
        sql.execute("DELETE FROM athanor.schema_version WHERE version > 2");
        assertThat(worse(asGuest()))
                .anySatisfy(line -> assertThat(line)
                        .contains("problem: state schema", "may not bring the state schema 'athanor' up to date"));
    }

    @Test
    void every_version_of_the_state_schema_is_read() {
        migrations.with("1", Migrations.TICKETS);
        migrations.upgrade("tickets");
        sql.execute("INSERT INTO athanor.run (revisions, actor) VALUES (ARRAY['tickets'], 'me');"
                + " DROP TABLE athanor.backfill_vitals; DROP INDEX athanor.command_open;"
                + " ALTER TABLE athanor.command DROP COLUMN old_value, DROP COLUMN new_value, DROP COLUMN obeyed_by;"
                + " ALTER TABLE athanor.quarantine DROP COLUMN retry, DROP COLUMN attempts;"
                + " ALTER TABLE athanor.backfill_range DROP COLUMN rows_quarantined, DROP COLUMN failed_key,"
                + " DROP COLUMN sqlstate;"
                + " ALTER TABLE athanor.backfill DROP COLUMN control_version, DROP COLUMN paused_by,"
                + " DROP COLUMN paused_reason, DROP COLUMN paused_at, DROP COLUMN cancelled_by,"
                + " DROP COLUMN cancelled_reason, DROP COLUMN cancelled_at, DROP COLUMN max_rows_per_second,"
                + " DROP COLUMN chunk_size, DROP COLUMN target_chunk_ms, DROP COLUMN workers, DROP COLUMN skip_limit;"
                + " DROP TABLE athanor.snapshot; ALTER TABLE athanor.run DROP COLUMN action;"
                + " ALTER TABLE athanor.revision DROP COLUMN undoing, DROP COLUMN stamped;"
                + " DELETE FROM athanor.schema_version WHERE version > 2");
        List<String> second = worse(examine());
        assertThat(second).hasSize(2);
        assertThat(second.get(0)).startsWith("note: state schema \"athanor\" is of an older Athanor");
        assertThat(second.get(1)).startsWith("warning: run of an upgrade of tickets was begun");
        sql.texts("SELECT format('DROP %s athanor.%I CASCADE', CASE relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END,"
                        + " relname) FROM pg_class WHERE relnamespace = 'athanor'::regnamespace AND relname ~ '^batch'"
                        + " AND relkind IN ('r', 'S')")
                .forEach(sql::execute);
        sql.execute("DELETE FROM athanor.schema_version WHERE version > 1");
        assertThat(worse(examine())).isEqualTo(second);
        migrations.resume();
        assertThat(worse(examine())).isEmpty();

        sql.execute("INSERT INTO athanor.schema_version (version) VALUES (99); ALTER TABLE athanor.revision"
                + " DROP COLUMN phase");
        assertThat(worse(examine()))
                .singleElement()
                .asString()
                .startsWith("problem: state schema")
                .contains("version 99");
        sql.execute("DELETE FROM athanor.schema_version");
        assertThat(worse(examine())).first().asString().contains("is of an older Athanor");
    }

    @Test
    void a_state_schema_that_is_broken_or_somebody_elses() {
        migrations.with("1", Migrations.TICKETS);
        migrations.upgrade("tickets");
        sql.execute("DROP TABLE athanor.run");
        assertThat(worse(examine()))
                .singleElement()
                .asString()
                .startsWith("problem: runs ")
                .contains("restore it");
        sql.execute("DROP TABLE athanor.revision CASCADE");
        assertThat(worse(examine())).singleElement().asString().startsWith("problem: ledger ");
        sql.execute("DROP SCHEMA athanor CASCADE; CREATE SCHEMA athanor; CREATE TABLE athanor.lease (n int)");
        assertThat(worse(examine()))
                .singleElement()
                .asString()
                .startsWith("problem: state schema ")
                .contains("--state-schema");
    }

    @Test
    void whoever_works_and_whoever_has_fallen_silent() {
        migrations
                .with("1", Migrations.TICKETS)
                .with("2", Migrations.COUNT.replace("ADD COLUMN n int", "ADD COLUMN n no"));
        assertThatThrownBy(() -> migrations.upgrade("count")).isInstanceOf(AthanorException.class);
        assertThat(worse(examine()))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("warning: revision count was begun; next is expand -> Go on:"),
                        line -> assertThat(line)
                                .isEqualTo(
                                        "warning: run of an upgrade of tickets, count was begun and not brought to its"
                                                + " end, and nobody works on it -> Go on: athanor resume"));
        lease("released = false, heartbeat_at = clock_timestamp(), expires_at = clock_timestamp() + interval '1 hour'");
        assertThat(worse(examine()))
                .last()
                .asString()
                .startsWith("note: lease is held by")
                .contains("who is at work");
        lease("heartbeat_at = clock_timestamp() - interval '1 hour'");
        assertThat(worse(examine()))
                .last()
                .asString()
                .startsWith("warning: lease is held by")
                .contains("who is silent", "athanor resume --takeover");
        lease(
                "heartbeat_at = clock_timestamp() - interval '2 hours', expires_at = clock_timestamp() - interval '1 hour'");
        assertThat(worse(examine()))
                .anySatisfy(line -> assertThat(line).startsWith("note: lease was not given back by"))
                .anySatisfy(line -> assertThat(line).startsWith("warning: run of an upgrade"));
    }

    private void lease(String set) {
        sql.execute("UPDATE athanor.lease SET " + set);
    }

    @Test
    void revisions_that_no_file_has_between_phases_too() {
        migrations.with("1", Migrations.TICKETS).with("2", Migrations.COUNT);
        migrations.upgrade("count", Phase.EXPAND);
        migrations.without("2").with("1", Migrations.TICKETS.replace("10000", "20000"));
        assertThat(worse(examine()))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith(
                                        "problem: revision count is in the ledger, and no file has it -> Restore its"),
                        line -> assertThat(line)
                                .startsWith("warning: revision tickets has done its expand phase")
                                .endsWith("athanor upgrade tickets --phase backfill; or undo it: athanor downgrade"
                                        + " tickets-1 --yes"));
        assertThat(migrations.status().remedies())
                .extracting(StatusReport.Remedy::revision)
                .containsExactly("tickets", "count");
    }

    @Test
    void an_index_that_is_being_built_is_only_noted() throws Exception {
        sql.execute("CREATE TABLE busy (id int)");
        CompletableFuture<Void> built;
        try (Connection writer = sql.connect()) {
            writer.setAutoCommit(false);
            writer.createStatement().execute("INSERT INTO busy VALUES (1)");
            built = CompletableFuture.runAsync(() -> sql.execute("CREATE INDEX CONCURRENTLY slow ON busy (id)"));
            await().until(() -> sql.text("SELECT to_regclass('slow')::text") != null);
            assertThat(worse(examine()))
                    .anySatisfy(line -> assertThat(line)
                            .startsWith("note: index public.slow is not valid, and may be being built"));
            writer.rollback();
        }
        built.get();
        assertThat(worse(examine())).noneMatch(line -> line.contains("index"));
    }
}
