package dev.athanor.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.postgres.ConnectionUrl;
import dev.athanor.postgres.Database;
import dev.athanor.postgres.PoolSettings;
import dev.athanor.revision.Phase;
import dev.athanor.run.DryRunReport.LockForecast;
import dev.athanor.run.DryRunReport.PhaseForecast;
import dev.athanor.run.DryRunReport.SectionForecast;
import dev.athanor.run.DryRunReport.StatementForecast;
import dev.athanor.source.RevisionFolder;
import dev.athanor.sql.LockMode;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a dry run says, that the upgrade then does just that, and that nothing is changed by saying it. */
@AthanorPostgres
class DryRunTest {
    /** Whatever a change of anything would change: names, definitions, and statistics where no autovacuum makes them. */
    private static final String FINGERPRINT = """
            SELECT md5(string_agg(line, E'\\n' ORDER BY line)) FROM (
              SELECT c.oid || ' ' || c.xmin || ' ' || c.relname FROM pg_class c
              UNION ALL SELECT c.oid || ' ' || c.reltuples || ' ' || c.relpages || ' '
                               || (SELECT count(*) FROM pg_statistic s WHERE s.starelid = c.oid)
                FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace
              UNION ALL SELECT n.xmin || n.nspname FROM pg_namespace n
              UNION ALL SELECT a.xmin || ' ' || a.attrelid || a.attname FROM pg_attribute a) AS lines (line)
            """;

    private final TestDatabase server;
    private final Jdbc sql;
    private Path folder;
    private Migrations migrations;

    DryRunTest(TestDatabase server) {
        this.server = server;
        this.sql = server.jdbc();
    }

    @BeforeEach
    void fresh(@TempDir Path temporary) {
        sql.execute("DROP SCHEMA IF EXISTS athanor CASCADE; DROP TABLE IF EXISTS tickets, other, logs CASCADE");
        folder = temporary;
        migrations =
                new Migrations(folder, server).with("1", Migrations.TICKETS).with("2", Migrations.COUNT);
    }

    private DryRunReport dryRun(String target, Phase phase) {
        return dryRun(server.url(), target, phase);
    }

    private DryRunReport dryRun(String url, String target, Phase phase) {
        try (Database database = Database.open(ConnectionUrl.parse(url, Map.of()), PoolSettings.DEFAULTS)) {
            return MigrationRunner.of(database, RevisionFolder.read(List.of(folder)))
                    .build()
                    .dryRun(new UpgradeRequest(target, phase));
        }
    }

    private static SectionForecast section(DryRunReport report, String name) {
        return report.revisions().stream()
                .flatMap(revision -> revision.phases().stream())
                .flatMap(phase -> phase.sections().stream())
                .filter(section -> section.name().equals(name))
                .reduce((first, last) -> last)
                .orElseThrow();
    }

    private static LockForecast lock(SectionForecast section) {
        return section.statements().get(0).locks().get(0);
    }

    @Test
    void an_empty_database_stays_empty() {
        String before = sql.text(FINGERPRINT);
        DryRunReport report = dryRun("heads", null);
        assertThat(sql.text(FINGERPRINT)).isEqualTo(before);

        assertThat(report.steps()).extracting("id").containsExactly("tickets", "count");
        assertThat(report.headsAfter()).containsExactly("count");
        assertThat(report.statements()).isEqualTo(6);
        assertThat(report.strongestLock()).isEmpty();
        assertThat(report.rowsToWalk()).isZero();
        assertThat(lock(section(report, "expand[0]")).note()).contains("made by revision tickets");
        SectionForecast fill = section(report, "fill");
        assertThat(fill.note()).contains("made by revision tickets");
        assertThat(fill.walk().rows()).isNull();
        assertThat(fill.walk().chunkSize()).isEqualTo(200);
        assertThat(section(report, "all-one").note()).isEqualTo("not run");
    }

    @Test
    void tells_locks_rows_and_chunks_of_what_is_there() {
        migrations.upgrade("tickets");
        sql.execute("ALTER TABLE tickets SET (autovacuum_enabled = off); ANALYZE tickets");
        String before = sql.text(FINGERPRINT);
        DryRunReport report = dryRun("head", null);
        assertThat(sql.text(FINGERPRINT)).isEqualTo(before);

        assertThat(report.steps()).extracting("id").containsExactly("count");
        assertThat(report.rowsToWalk()).isEqualTo(10_000);
        assertThat(report.strongestLock()).hasValueSatisfying(strongest -> {
            assertThat(strongest.mode()).isEqualTo(LockMode.ACCESS_EXCLUSIVE);
            assertThat(strongest.table()).isEqualTo("\"public\".\"tickets\"");
        });
        SectionForecast expand = section(report, "expand[0]");
        assertThat(expand.limits().lockTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(expand.limits().retries()).isEqualTo(10);
        assertThat(lock(expand).rows()).isEqualTo(10_000);
        assertThat(lock(expand).bytes()).isGreaterThan(100_000);
        assertThat(lock(expand).holders()).isZero();
        assertThat(lock(section(report, "contract[1]")).mode()).isEqualTo(LockMode.SHARE_UPDATE_EXCLUSIVE);
        SectionForecast fill = section(report, "fill");
        assertThat(fill.walk().key()).containsExactly("id");
        assertThat(fill.statements().get(0).sql()).contains("${chunk}");
        assertThat(lock(fill).mode()).isEqualTo(LockMode.ROW_EXCLUSIVE);

        migrations.upgrade("head");
        assertThat(sql.number("SELECT sum(chunks) FROM athanor.backfill_range"))
                .isBetween(fill.walk().chunks() - 8, fill.walk().chunks() + 8);
        assertThat(dryRun("head", null).revisions()).isEmpty();
        assertThat(dryRun("head", null).headsAfter()).containsExactly("count");
    }

    @Test
    void one_phase_and_what_waits_for_another() {
        DryRunReport expand = dryRun("heads", Phase.EXPAND);
        assertThat(expand.revisions())
                .flatExtracting(DryRunReport.RevisionForecast::phases)
                .extracting(PhaseForecast::phase)
                .containsOnly(Phase.EXPAND);
        assertThat(expand.steps()).isEmpty();
        assertThat(expand.headsAfter()).isEmpty();
        assertThat(dryRun("heads", Phase.BACKFILL).notes()).anyMatch(note -> note.contains("--phase expand"));
        refused(() -> dryRun("heads", Phase.CONTRACT), FailureKind.REFUSED, "not_expanded");

        migrations.upgrade("heads", Phase.EXPAND);
        refused(() -> dryRun("heads", Phase.CONTRACT), FailureKind.REFUSED, "backfill_unfinished");
        migrations.upgrade("heads", Phase.BACKFILL);
        DryRunReport contract = dryRun("heads", Phase.CONTRACT);
        assertThat(contract.revisions().get(1).phases().get(0).sections())
                .extracting(SectionForecast::name)
                .containsExactly("all-one", "contract[0]", "contract[1]");
        assertThat(contract.headsAfter()).containsExactly("count");
    }

    private static void refused(Runnable work, FailureKind kind, String code) {
        assertThatThrownBy(work::run).isInstanceOfSatisfying(AthanorException.class, e -> {
            assertThat(e.kind()).isEqualTo(kind);
            assertThat(e.code()).isEqualTo(code);
        });
    }

    @Test
    void refuses_what_the_upgrade_refuses() {
        refused(() -> dryRun("nobody", null), FailureKind.GRAPH, "unknown_revision");
        migrations.with("3", "-- athanor:revision p\n-- athanor:revises count\n\n-- athanor:expand\nSELECT ${gone};\n");
        refused(() -> dryRun("heads", null), FailureKind.USAGE, "unset_placeholder");
    }

    @Test
    void says_what_is_done_and_what_is_left() {
        migrations.with("3", """
                        -- athanor:revision  half
                        -- athanor:revises   count

                        -- athanor:expand
                        CREATE TABLE other (a int);
                        -- athanor:expand transaction=none
                        CREATE INDEX CONCURRENTLY other_a ON other (a);
                        ALTER TABLE other ADD b int NOT NULL;
                        ALTER TABLE none_such ADD c int;
                        """);
        assertThatThrownBy(() -> migrations.upgrade("heads")).isInstanceOf(AthanorException.class);
        DryRunReport report = dryRun("heads", null);
        assertThat(section(report, "expand[0]").done()).isTrue();
        SectionForecast left = section(report, "expand[1]");
        assertThat(left.done()).isFalse();
        assertThat(left.limits().lockTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(left.statements()).extracting(StatementForecast::done).containsExactly(true, true, false);
        assertThat(left.statements().get(2).locks().get(0).note()).contains("not there");
        assertThat(left.note()).contains("statement 3 was begun before");
        assertThat(report.statements()).isEqualTo(1);
    }

    @Test
    void goes_on_with_a_begun_backfill() {
        migrations.upgrade("heads", Phase.EXPAND);
        sql.execute("ALTER TABLE tickets ADD CHECK (n <> 1 OR id < 9500)");
        assertThatThrownBy(() -> migrations.upgrade("heads")).isInstanceOf(AthanorException.class);
        sql.execute("ANALYZE tickets");
        SectionForecast fill = section(dryRun("heads", null), "fill");
        assertThat(fill.note()).contains("goes on", "rows are walked");
        assertThat(fill.done()).isFalse();
        assertThat(fill.walk().rows()).isBetween(1L, 9_999L);
    }

    @Test
    void says_which_backfill_would_be_refused_and_what_is_unknown() {
        sql.execute(
                "CREATE TABLE logs (a int) WITH (autovacuum_enabled = off); INSERT INTO logs SELECT generate_series(1, 5000)");
        migrations.with("3", """
                -- athanor:revision  logs

                -- athanor:expand lock-timeout=5s statement-timeout=1m retries=3
                DO $$ BEGIN PERFORM 1; END $$;
                -- athanor:backfill name=walk table=logs max-rows-per-second=100 workers=3
                UPDATE logs SET a = a + 1 WHERE ${chunk};
                """);
        String before = sql.text(FINGERPRINT);
        DryRunReport report = dryRun("logs", null);
        assertThat(sql.text(FINGERPRINT)).isEqualTo(before);
        SectionForecast expand = section(report, "expand[0]");
        assertThat(expand.statements().get(0).unknown()).contains("DO block");
        assertThat(expand.limits())
                .isEqualTo(new DryRunReport.Limits(true, Duration.ofSeconds(5), Duration.ofMinutes(1), 3));
        SectionForecast walk = section(report, "walk");
        assertThat(walk.note()).contains("would be refused", "no unique key", "rows are guessed");
        assertThat(walk.walk().key()).isEmpty();
        assertThat(walk.walk().rows()).isBetween(2_000L, 10_000L);
        assertThat(walk.walk().chunkSize()).isEqualTo(25);
        assertThat(walk.walk().workers()).isEqualTo(3);
    }

    @Test
    void a_table_that_is_locked_holds_nothing_up() throws SQLException {
        migrations.upgrade("tickets");
        try (Connection application = sql.connect();
                Statement session = application.createStatement()) {
            application.setAutoCommit(false);
            session.execute("LOCK TABLE tickets");
            DryRunReport report = dryRun("heads", null);
            LockForecast expand = lock(section(report, "expand[0]"));
            assertThat(expand.holders()).isEqualTo(1);
            assertThat(expand.longest()).isNotNull();
            assertThat(expand.bytes()).isNull();
            assertThat(section(report, "fill").note()).contains("locked at this moment");
            application.rollback();
        }
    }

    @Test
    void a_role_that_may_only_look() {
        sql.execute("CREATE TABLE logs (a int PRIMARY KEY)");
        migrations.with("3", """
                -- athanor:revision  logs

                -- athanor:expand
                ALTER TABLE logs ADD b int;
                -- athanor:backfill name=walk table=logs
                UPDATE logs SET b = a WHERE ${chunk};
                """);
        String role = "looks_" + server.name();
        sql.execute("CREATE ROLE " + role + " LOGIN PASSWORD 'x'");
        try {
            DryRunReport report = dryRun(server.url().replaceFirst("//[^@]*@", "//" + role + ":x@"), "logs", null);
            assertThat(section(report, "walk").walk().key()).containsExactly("a");
            assertThat(lock(section(report, "expand[0]")).bytes()).isNotNull();
        } finally {
            sql.execute("DROP ROLE " + role);
        }
    }
}
