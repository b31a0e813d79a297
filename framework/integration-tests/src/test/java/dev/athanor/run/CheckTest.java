package dev.athanor.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.catalog.SchemaDifference;
import dev.athanor.postgres.Database;
import dev.athanor.revision.Phase;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a check finds, and what it does not hold against anybody. */
@AthanorPostgres
class CheckTest {
    private static final String HOSTILE = "tick\"ets; drop";

    private static final String BASE = """
            -- athanor:revision  base1
            -- athanor:expand
            CREATE TABLE tickets (id bigserial PRIMARY KEY, status text NOT NULL, seen timestamptz);
            CREATE TABLE log (at date NOT NULL) PARTITION BY RANGE (at);
            -- athanor:undo expand
            DROP TABLE log;
            DROP TABLE tickets;
            """;

    private static final String NEXT = """
            -- athanor:revision  next1
            -- athanor:revises   base1
            -- athanor:expand
            ALTER TABLE tickets ADD COLUMN n int;
            -- athanor:backfill name=fill table=tickets
            UPDATE tickets SET n = 1 WHERE ${chunk};
            -- athanor:contract
            ALTER TABLE tickets ALTER n SET NOT NULL;
            -- athanor:undo contract
            ALTER TABLE tickets ALTER n DROP NOT NULL;
            -- athanor:undo backfill
            UPDATE tickets SET n = NULL;
            -- athanor:undo expand
            ALTER TABLE tickets DROP COLUMN n;
            """;

    private final Jdbc sql;
    private final Migrations migrations;

    private final Path folder;
    private String stateSchema = "athanor";

    CheckTest(TestDatabase server, @TempDir Path folder) {
        this.sql = server.jdbc();
        this.migrations = new Migrations(folder, server);
        this.folder = folder;
    }

    @BeforeEach
    void fresh() {
        sql.execute("DROP SCHEMA IF EXISTS athanor CASCADE; DROP SCHEMA IF EXISTS \"tick\"\"ets; drop\" CASCADE;"
                + " DROP SCHEMA public CASCADE; CREATE SCHEMA public");
        migrations.with("base1", BASE);
    }

    private <T> T with(Function<MigrationRunner, T> work) {
        try (Database database = migrations.open()) {
            return work.apply(migrations.runner(database, builder -> builder.stateSchema(stateSchema)));
        }
    }

    private CheckReport check() {
        return with(MigrationRunner::check);
    }

    private RunResult upgrade() {
        return with(runner -> runner.upgrade(new UpgradeRequest("heads", null)));
    }

    private List<String> drift() {
        CheckReport report = check();
        assertThat(report.notes()).isEmpty();
        return report.drift().stream().map(SchemaDifference::line).toList();
    }

    @Test
    void aDatabaseNeverSeenHasEverythingPending() {
        migrations.with("next1", NEXT);
        CheckReport report = check();
        assertThat(report.pending()).containsExactly("base1", "next1");
        assertThat(report.heads()).isEmpty();
        assertThat(report.finding()).contains(FailureKind.PENDING);
        assertThat(report.notes()).singleElement().asString().contains("no picture of the schema yet");
        assertThat(sql.number("SELECT count(*) FROM pg_namespace WHERE nspname = 'athanor'"))
                .isZero();
    }

    @Test
    void inOrderAfterARun() {
        migrations.with("next1", NEXT);
        assertThat(upgrade().notes()).isEmpty();
        assertThat(check())
                .isEqualTo(
                        new CheckReport(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of()));
        assertThat(check().finding()).isEmpty();
        assertThat(sql.number("SELECT count(*) FROM athanor.snapshot")).isEqualTo(1);
        assertThat(sql.text("SELECT picture FROM athanor.snapshot")).doesNotContain("athanor.");
    }

    @Test
    void whatOthersChangeIsDrift() {
        upgrade();
        sql.execute("ALTER TABLE tickets ADD COLUMN extra int; ALTER TABLE tickets DROP COLUMN seen;"
                + " ALTER TABLE tickets ALTER status SET DEFAULT 'open'; CREATE TABLE mine (a int PRIMARY KEY)");
        assertThat(drift())
                .containsExactly(
                        "table public.mine added: table",
                        "column public.tickets.extra added: integer",
                        "column public.tickets.seen removed; it was: timestamp with time zone",
                        "column public.tickets.status changed: text not null -> text not null default 'open'::text");
        assertThat(check().finding()).contains(FailureKind.FINDING);
        assertThat(with(MigrationRunner::checkRevisions).drift()).isEmpty();
        assertThat(with(MigrationRunner::checkRevisions).finding()).isEmpty();
    }

    @Test
    void driftStaysUntilARunHasChangedSomething() {
        upgrade();
        sql.execute("CREATE INDEX mine ON tickets (status)");
        upgrade();
        assertThat(drift()).hasSize(1);
        migrations.with("next1", NEXT);
        upgrade();
        assertThat(drift()).isEmpty();
    }

    @Test
    void whatAnApplicationDoesAllDayIsNoDrift() {
        upgrade();
        sql.execute("INSERT INTO tickets (status) SELECT 'open' FROM generate_series(1, 5000);"
                + " UPDATE tickets SET status = 'closed'; DELETE FROM tickets WHERE id % 2 = 0; ANALYZE tickets");
        sql.execute("VACUUM tickets");
        sql.execute("SELECT setval('tickets_id_seq', 100000)");
        assertThat(drift()).isEmpty();
    }

    @Test
    void aPartitionIsAnObject() {
        upgrade();
        sql.execute("CREATE TABLE log_1 PARTITION OF log FOR VALUES FROM ('2026-01-01') TO ('2026-02-01')");
        assertThat(drift()).containsExactly("table public.log_1 added: table");
    }

    @Test
    void phaseByPhaseAndDowngradeAndStamp() {
        upgrade();
        migrations.with("next1", NEXT);
        for (Phase phase : Phase.values()) {
            with(runner -> runner.upgrade(new UpgradeRequest("heads", phase)));
            CheckReport report = check();
            assertThat(report.drift()).isEmpty();
            assertThat(report.notes()).isEmpty();
            assertThat(report.betweenPhases()).hasSize(phase == Phase.CONTRACT ? 0 : 1);
            assertThat(report.finding())
                    .isEqualTo(
                            check().pending().isEmpty()
                                    ? java.util.Optional.empty()
                                    : java.util.Optional.of(FailureKind.PENDING));
        }
        with(runner -> runner.downgrade("base1"));
        assertThat(drift()).isEmpty();
        sql.execute("ALTER TABLE tickets ADD COLUMN n int NOT NULL");
        assertThat(drift()).hasSize(1);
        with(runner -> runner.stamp(List.of("next1"), false));
        assertThat(drift()).isEmpty();
        assertThat(check().finding()).isEmpty();
    }

    @Test
    void whatAFailedRunDidIsNoDrift() {
        upgrade();
        migrations.with("next1", """
                -- athanor:revision  next1
                -- athanor:revises   base1
                -- athanor:expand
                CREATE TABLE first ();
                -- athanor:expand transaction=none
                CREATE TABLE second ();
                CREATE TABLE tickets ();
                """);
        assertThatThrownBy(this::upgrade).isInstanceOf(AthanorException.class);
        CheckReport report = check();
        assertThat(report.betweenPhases()).hasSize(1);
        assertThat(report.pending()).containsExactly("next1");
        assertThat(report.finding()).contains(FailureKind.PENDING);
        assertThat(drift()).isEmpty();
        assertThat(sql.text("SELECT to_regclass('public.second')::text")).isEqualTo("second");
    }

    @Test
    void aRunThatFailsBeforeItChangesAnythingHidesNothing() {
        upgrade();
        sql.execute("CREATE TABLE mine ()");
        migrations.with(
                "next1",
                "-- athanor:revision next1\n-- athanor:revises base1\n-- athanor:expand\nSELECT 1;\nSELECT 1 / 0;\n");
        assertThatThrownBy(this::upgrade).isInstanceOf(AthanorException.class);
        assertThat(drift()).containsExactly("table public.mine added: table");
        assertThat(check().finding()).contains(FailureKind.FINDING);
    }

    @Test
    void revisionsWithoutAFileAndWithAnotherOne() throws IOException {
        migrations.with("next1", NEXT);
        upgrade();
        Files.delete(folder.resolve("next1.sql"));
        migrations.with("base1", BASE.replace("seen timestamptz", "seen timestamp"));
        CheckReport report = check();
        assertThat(report.unknown()).containsExactly("next1");
        assertThat(report.changed()).containsExactly("base1");
        assertThat(report.drift()).isEmpty();
        assertThat(report.finding()).contains(FailureKind.FINDING);
        assertThat(with(MigrationRunner::status).unknown()).containsExactly("next1");
        assertThat(with(MigrationRunner::status).heads()).contains("next1");
    }

    @Test
    void halfUndoneAndWithoutAFile() throws IOException {
        migrations.with("next1", NEXT.replace("DROP COLUMN n", "DROP COLUMN wrong"));
        upgrade();
        assertThatThrownBy(() -> with(runner -> runner.downgrade("base1"))).isInstanceOf(AthanorException.class);
        CheckReport report = check();
        assertThat(report.betweenPhases())
                .singleElement()
                .satisfies(revision -> assertThat(revision.undoing()).isTrue());
        assertThat(report.pending()).containsExactly("next1");
        assertThat(report.drift()).isEmpty();
        assertThat(report.finding()).contains(FailureKind.PENDING);
        Files.delete(folder.resolve("next1.sql"));
        assertThat(check().unknown()).containsExactly("next1");
        assertThat(check().betweenPhases()).hasSize(1);
        assertThat(with(MigrationRunner::status).betweenPhases()).hasSize(1);
    }

    @Test
    void aRevisionThatIsBeingMendedHasNotChanged() {
        upgrade();
        migrations.with("next1", NEXT.replace("SET n = 1", "SET n = 1 / 0"));
        sql.execute("INSERT INTO tickets (status) VALUES ('open')");
        assertThatThrownBy(this::upgrade).isInstanceOf(AthanorException.class);
        migrations.with("next1", NEXT);
        CheckReport report = check();
        assertThat(report.changed()).isEmpty();
        assertThat(report.finding()).contains(FailureKind.PENDING);
        with(runner -> runner.resume(null));
        assertThat(check().finding()).isEmpty();
    }

    @Test
    void severalHeads() {
        migrations.with("next1", NEXT);
        migrations.with(
                "other1", "-- athanor:revision other1\n-- athanor:revises base1\n-- athanor:expand\nSELECT 1;\n");
        upgrade();
        CheckReport report = check();
        assertThat(report.heads()).containsExactlyInAnyOrder("next1", "other1");
        assertThat(report.pending()).isEmpty();
        assertThat(report.finding()).contains(FailureKind.PENDING);
    }

    @Test
    void aRunThatWasKilledOrAScriptMakesThePictureOld() {
        upgrade();
        sql.execute("CREATE TABLE by_the_killed ();"
                + " UPDATE athanor.lease SET released = false, acquired_at = clock_timestamp()");
        assertThat(check().drift()).isEmpty();
        assertThat(check().notes()).singleElement().asString().contains("since the last picture");
        sql.execute("UPDATE athanor.lease SET released = true");
        assertThat(drift()).hasSize(1);
        sql.execute("INSERT INTO athanor.event (actor, host, kind, revision_id, detail)"
                + " VALUES ('a', 'h', 'revision_scripted', 'x', '')");
        assertThat(check().notes()).singleElement().asString().contains("script");
        with(runner -> runner.stamp(List.of("base1"), false));
        assertThat(drift()).isEmpty();
    }

    @Test
    void picturesOfOtherVersionsAreNotCompared() {
        upgrade();
        sql.execute("CREATE TABLE mine (); UPDATE athanor.snapshot SET picture = regexp_replace(picture, 'server \\d+',"
                + " 'server 9')");
        assertThat(check().notes()).singleElement().asString().contains("PostgreSQL 9");
        sql.execute("UPDATE athanor.snapshot SET picture = '{}'");
        assertThat(check().notes()).singleElement().asString().contains("another version of Athanor");
        assertThat(check().finding()).isEmpty();
    }

    @Test
    void aRunDoesNotFailForWantOfAPicture() {
        upgrade();
        sql.execute("DROP TABLE athanor.snapshot");
        migrations.with("next1", NEXT);
        RunResult result = upgrade();
        assertThat(result.applied()).containsExactly("next1");
        assertThat(result.notes()).singleElement().asString().contains("No picture of the schema was taken");
        assertThat(check().notes()).singleElement().asString().contains("no picture");
    }

    @Test
    void hostileStateSchema() {
        stateSchema = HOSTILE;
        upgrade();
        assertThat(drift()).isEmpty();
        sql.execute("CREATE TABLE \"tick\"\"ets; drop\" ()");
        assertThat(drift()).containsExactly("table public.\"tick\"\"ets; drop\" added: table");
    }
}
