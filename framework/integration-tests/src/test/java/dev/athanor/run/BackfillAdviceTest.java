package dev.athanor.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.postgres.ConnectionUrl;
import dev.athanor.postgres.Database;
import dev.athanor.postgres.PoolSettings;
import dev.athanor.run.DryRunReport.WalkForecast;
import dev.athanor.source.RevisionFolder;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What dry runs and doctors say of backfills that will hurt. */
@AthanorPostgres
class BackfillAdviceTest {
    private static final String HOSTILE = "\"tick\"\"ets; drop\"";

    private static final String FILL = """
            -- athanor:revision fill

            -- athanor:expand
            ALTER TABLE %1$s ADD COLUMN m int;
            CREATE INDEX "new; one" ON %1$s (id, "N""1");

            -- athanor:backfill name=fill table=%1$s vacuum-every-rows=1000
            UPDATE %1$s SET "N""1" = 1 WHERE ${chunk};
            """;

    private final TestDatabase server;
    private final Jdbc sql;
    private Path folder;

    BackfillAdviceTest(TestDatabase server) {
        this.server = server;
        this.sql = server.jdbc();
    }

    @BeforeEach
    void fresh(@TempDir Path temporary) {
        folder = temporary;
        sql.execute("DROP SCHEMA IF EXISTS athanor CASCADE; DROP TABLE IF EXISTS " + HOSTILE + ", calm CASCADE;"
                + " CREATE ROLE reader LOGIN PASSWORD 's3cret'");
    }

    @AfterEach
    void noReader() {
        sql.execute("DROP OWNED BY reader CASCADE; DROP ROLE reader");
    }

    private DryRunReport dryRun(String url) {
        try (Database database = Database.open(ConnectionUrl.parse(url, Map.of()), PoolSettings.DEFAULTS)) {
            return MigrationRunner.of(database, RevisionFolder.read(List.of(folder)))
                    .build()
                    .dryRun(new UpgradeRequest("heads", null));
        }
    }

    private static List<Advice> advice(DryRunReport report) {
        return report.revisions().stream()
                .flatMap(revision -> revision.phases().stream())
                .flatMap(phase -> phase.sections().stream())
                .map(DryRunReport.SectionForecast::walk)
                .filter(walk -> walk != null)
                .map(WalkForecast::advice)
                .flatMap(List::stream)
                .toList();
    }

    private Migrations hostile() {
        sql.execute("CREATE TABLE " + HOSTILE + " (id bigint PRIMARY KEY, \"N\"\"1\" int, filler text,"
                + " twice int GENERATED ALWAYS AS (\"N\"\"1\" * 2) STORED) WITH (autovacuum_enabled = off);"
                + " INSERT INTO " + HOSTILE
                + " (id, filler) SELECT i, repeat('x', 900) FROM generate_series(1, 12000) i;"
                + " CREATE INDEX \"by; n\" ON " + HOSTILE + " (id) WHERE \"N\"\"1\" > 0;"
                + " CREATE INDEX by_twice ON " + HOSTILE + " (twice);"
                + " CREATE INDEX by_id ON " + HOSTILE + " (id);"
                + " CREATE OR REPLACE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';"
                + " CREATE TRIGGER \"each; one\" BEFORE UPDATE ON " + HOSTILE
                + " FOR EACH ROW EXECUTE FUNCTION nothing();"
                + " CREATE TRIGGER of_filler BEFORE UPDATE OF filler ON " + HOSTILE
                + " FOR EACH ROW EXECUTE FUNCTION nothing();"
                + " CREATE TRIGGER at_birth BEFORE INSERT ON " + HOSTILE + " FOR EACH ROW EXECUTE FUNCTION nothing();"
                + " ANALYZE " + HOSTILE);
        return new Migrations(folder, server).with("fill", String.format(FILL, HOSTILE));
    }

    @Test
    void everything_that_hurts_is_named_with_a_remedy() {
        hostile();
        List<Advice> found = advice(dryRun(server.url()));
        assertThat(found)
                .extracting(advice -> advice.code() + " " + advice.object())
                .containsExactlyInAnyOrder(
                        "index_on_changed_column index public.\"by; n\"",
                        "index_on_changed_column index public.by_twice",
                        "trigger_per_row trigger \"each; one\" on public." + HOSTILE,
                        "generated_column column twice of table " + HOSTILE,
                        "autovacuum_off table public." + HOSTILE,
                        "no_free_space table public." + HOSTILE,
                        "index_in_expand index \"new; one\" on " + HOSTILE);
        assertThat(found).allSatisfy(advice -> {
            assertThat(advice.message()).isNotEmpty();
            assertThat(advice.remedy()).isNotEmpty();
        });
        long bytes = sql.number("SELECT pg_relation_size('" + HOSTILE + "')");
        assertThat(found)
                .filteredOn(advice -> advice.code().equals("no_free_space"))
                .singleElement()
                .asString()
                .contains(String.format(java.util.Locale.ROOT, "%,d bytes", bytes), "fillfactor = 80");
        assertThat(String.valueOf(JsonForm.of(dryRun(server.url())))).contains("advice=[{code=", "remedy=");
    }

    @Test
    void a_doctor_warns_of_the_same() {
        Migrations migrations = hostile();
        try (Database database = Database.open(ConnectionUrl.parse(server.url(), Map.of()), migrations.connections())) {
            List<String> warned = migrations.runner(database, builder -> builder).doctor().findings().stream()
                    .filter(finding -> finding.severity() == DoctorReport.Severity.WARNING)
                    .map(DoctorReport.Finding::object)
                    .toList();
            assertThat(warned)
                    .contains("index public.\"by; n\"", "trigger \"each; one\" on public." + HOSTILE)
                    .hasSize(7);
        }
    }

    @Test
    void a_role_that_may_not_vacuum_is_told() {
        hostile();
        sql.execute("GRANT SELECT, UPDATE ON " + HOSTILE + " TO reader");
        assertThat(advice(dryRun(server.url().replaceFirst("//[^@]*@", "//reader:s3cret@"))))
                .extracting(Advice::code)
                .contains("vacuum_not_permitted");
    }

    @Test
    void nothing_is_said_where_nothing_hurts() {
        sql.execute("CREATE TABLE calm (id bigint PRIMARY KEY, n int) WITH (fillfactor = 70);"
                + " INSERT INTO calm SELECT i FROM generate_series(1, 1000) i; CREATE INDEX calm_brin ON calm (id)");
        new Migrations(folder, server)
                .with(
                        "calm",
                        "-- athanor:revision calm\n-- athanor:backfill name=fill table=calm\n"
                                + "UPDATE calm SET n = 1 WHERE ${chunk};\n");
        assertThat(advice(dryRun(server.url()))).isEmpty();
    }
}
