package dev.athanor.schema;

import static dev.athanor.schema.SchemaFixture.NONE;
import static dev.athanor.schema.SchemaFixture.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.ledger.Fence;
import dev.athanor.ledger.FencedOffException;
import dev.athanor.ledger.LedgerFixture;
import dev.athanor.ledger.SectionState;
import dev.athanor.plan.Step.SchemaStep;
import dev.athanor.plan.StepChecksum;
import dev.athanor.postgres.TransactionSettings;
import dev.athanor.source.SchemaOptions;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@AthanorPostgres
class StatementByStatementTest {
    private static final String TABLE = "\"tick\"\"ets; drop\"";
    private static final String INDEX = "\"ix \"\"; drop\"";
    /** A schema with a table of the same name. */
    private static final String OTHER = "\"Arch\"\"ive; drop\"";

    private static final String UNIQUE = "CREATE UNIQUE INDEX CONCURRENTLY " + INDEX + " ON " + TABLE + " (a)";

    private final TestDatabase server;
    private final SchemaFixture fixture;

    StatementByStatementTest(TestDatabase server) {
        this.server = server;
        this.fixture = new SchemaFixture(server);
    }

    @BeforeEach
    void table() {
        server.jdbc()
                .execute("CREATE TABLE " + TABLE + " (id int, a int); INSERT INTO " + TABLE
                        + " VALUES (1, 1), (2, 1), (3, 2)");
    }

    @AfterEach
    void drop() {
        fixture.close();
        server.jdbc()
                .execute("DROP SCHEMA " + LedgerFixture.quoted() + " CASCADE; DROP TABLE " + TABLE
                        + "; DROP SCHEMA IF EXISTS " + OTHER + " CASCADE");
    }

    private List<SectionState> sections() {
        return fixture.process.ledger().sections(SchemaFixture.REVISION);
    }

    private String valid() {
        return String.valueOf(server.jdbc()
                .text("SELECT indisvalid::text FROM pg_index JOIN pg_class c ON c.oid = indexrelid"
                        + " WHERE indrelid = '" + TABLE + "'::regclass AND relname LIKE 'ix %'"));
    }

    private void attempted() {
        attempted(0);
    }

    private void attempted(int done) {
        fixture.process.database().transactions().inTransaction(TransactionSettings.SERVER_DEFAULTS, session -> {
            SectionState state = new SectionState(0, done, true, false, null);
            fixture.process.ledger().write(session, fixture.fence, SchemaFixture.REVISION, state);
            return state;
        });
    }

    @Test
    void goesOnAtTheStatementThatFailed() {
        assertThatExceptionOfType(SchemaStepException.class)
                .isThrownBy(() -> fixture.run(
                        step(NONE, "INSERT INTO " + TABLE + " VALUES (4, 4)", "SELECT nothing_there", "SELECT 3")))
                .withMessageContaining("statement 2 of 3 (SELECT nothing_there) failed, the 1 before it stay done");
        SchemaStep corrected = step(NONE, "INSERT INTO " + TABLE + " VALUES (4, 4)", "SELECT 2", "SELECT 3");
        assertThat(sections())
                .containsExactly(new SectionState(0, 1, true, false, null, StepChecksum.of(corrected, 1)));
        fixture.run(corrected);
        fixture.run(corrected);
        assertThat(fixture.told).containsExactly("done 1", "done 2", "done 3");
        assertThat(server.jdbc().number("SELECT count(*) FROM " + TABLE)).isEqualTo(4);
        assertThat(sections())
                .containsExactly(new SectionState(0, 3, false, true, null, StepChecksum.of(corrected, 3)));
    }

    @Test
    void whatAKilledBuildHasLeftIsDroppedAndBuiltAnew() {
        assertThatThrownBy(() -> server.jdbc().execute(UNIQUE)).isInstanceOf(IllegalStateException.class);
        assertThat(valid()).isEqualTo("false");
        server.jdbc().execute("UPDATE " + TABLE + " SET a = id");
        fixture.run(step(NONE, UNIQUE));
        assertThat(valid()).isEqualTo("true");
        assertThat(fixture.told).containsExactly("rebuilding " + INDEX, "done 1");
    }

    @Test
    void anIndexThatWasBuiltBeforeTheLedgerKnewIsDone() {
        attempted();
        server.jdbc().execute("CREATE INDEX " + INDEX + " ON " + TABLE + " (a)");
        SchemaStep step = step(NONE, UNIQUE);
        fixture.run(step);
        assertThat(sections()).containsExactly(new SectionState(0, 1, false, true, null, StepChecksum.of(step, 1)));
    }

    @Test
    void anIndexOfThatNameThatIsNotOursIsAnError() {
        server.jdbc().execute("CREATE INDEX " + INDEX + " ON " + TABLE + " (a)");
        for (int run = 1; run <= 2; run++) {
            assertThatExceptionOfType(SchemaStepException.class)
                    .isThrownBy(() -> fixture.run(step(NONE, UNIQUE)))
                    .satisfies(e -> assertThat(e.sqlState()).isEqualTo("42P07"));
        }
        assertThat(sections()).noneMatch(SectionState::attempted);
    }

    @Test
    void anIndexThatAnotherSessionBuildsIsWaitedFor() throws SQLException {
        attempted();
        try (Connection open = server.jdbc().connect()) {
            open.setAutoCommit(false);
            open.createStatement().execute("UPDATE " + TABLE + " SET id = id WHERE id = 1");
            CompletableFuture<Void> predecessor =
                    CompletableFuture.runAsync(() -> server.jdbc().execute(UNIQUE.replace("UNIQUE ", "")));
            Awaitility.await()
                    .until(() -> server.jdbc()
                                    .number("SELECT count(*) FROM pg_stat_progress_create_index WHERE index_relid <> 0")
                            == 1);
            fixture.run(step(NONE, UNIQUE), fixture.fence, duration -> {
                try {
                    open.commit();
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
                predecessor.join();
            });
        }
        assertThat(fixture.told).containsExactly("waiting for " + INDEX, "done 1");
        assertThat(valid()).isEqualTo("true");
    }

    @Test
    void anExplicitLockTimeoutHoldsHereToo() throws SQLException {
        SchemaOptions options = new SchemaOptions(false, Duration.ofMillis(100), null, 1);
        try (Connection holder = server.jdbc().connect()) {
            holder.setAutoCommit(false);
            holder.createStatement().execute("LOCK TABLE " + TABLE + " IN ACCESS SHARE MODE");
            assertThatExceptionOfType(SchemaStepException.class)
                    .isThrownBy(() -> fixture.run(step(options, "ALTER TABLE " + TABLE + " ADD COLUMN b int")))
                    .withMessageContaining("not granted its lock in 2 tries; it is held by pid ")
                    .satisfies(e -> assertThat(e.code()).isEqualTo("lock_timeout"));
        }
        assertThat(fixture.told).containsExactly("retrying 1", "paused");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE %s ADD COLUMN b int",
                "CREATE INDEX ON %s (a)",
                "DO $$ BEGIN DELETE FROM %s; END $$",
                "DROP TABLE %s",
                "TRUNCATE %s"
            })
    void withoutAnyOptionNoStatementWaitsForEver(String sql) throws SQLException {
        try (Connection holder = server.jdbc().connect()) {
            holder.setAutoCommit(false);
            holder.createStatement().execute("SET application_name = 'it''s me'; UPDATE " + TABLE + " SET a = 5");
            assertThatExceptionOfType(SchemaStepException.class)
                    .isThrownBy(() -> fixture.run(step(NONE, String.format(sql, TABLE))))
                    .withMessageContaining("not granted its lock in 1 try; it is held by pid ")
                    .withMessageContaining("application 'it's me', role 'postgres', idle in transaction")
                    .satisfies(e -> assertThat(e.code()).isEqualTo("lock_timeout"))
                    .satisfies(e -> assertThat(e.hint()).contains("resume --cancel-blockers postgres"));
        }
    }

    @Test
    void whatMayHaveCommittedAPartIsNotTriedAgain() throws SQLException {
        SchemaOptions options = new SchemaOptions(false, null, null, 5);
        try (Connection holder = server.jdbc().connect()) {
            holder.setAutoCommit(false);
            holder.createStatement().execute("UPDATE " + TABLE + " SET a = 5");
            String sql = "DO $$ BEGIN INSERT INTO " + TABLE + " VALUES (9); COMMIT; DELETE FROM " + TABLE + "; END $$";
            assertThatExceptionOfType(SchemaStepException.class)
                    .isThrownBy(() -> fixture.run(step(options, sql)))
                    .satisfies(e -> assertThat(e.code()).isEqualTo("lock_timeout"));
        }
        assertThat(fixture.told).isEmpty();
        assertThat(server.jdbc().number("SELECT count(*) FROM " + TABLE + " WHERE id = 9"))
                .isEqualTo(1);
    }

    @Test
    void anExplicitStatementTimeoutHoldsHereToo() {
        SchemaOptions options = new SchemaOptions(false, null, Duration.ofMillis(100), 1);
        assertThatExceptionOfType(SchemaStepException.class)
                .isThrownBy(() -> fixture.run(step(options, "SELECT pg_sleep(600)")))
                .satisfies(e -> assertThat(e.code()).isEqualTo("statement_timeout"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatHarmsNobodyMayRunLongerThanTheServerAllows(boolean rows) {
        SchemaOptions options = new SchemaOptions(false, null, null, 0, rows);
        List<String> slow = List.of(
                "ALTER TABLE " + TABLE + " VALIDATE CONSTRAINT slow",
                "CREATE INDEX CONCURRENTLY " + INDEX + " ON " + TABLE + " (athanor_slow(a))");
        server.jdbc()
                .execute("CREATE OR REPLACE FUNCTION athanor_slow(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS"
                        + " 'BEGIN PERFORM pg_sleep(" + SchemaFixture.TOO_LONG_S + "); RETURN $1; END';"
                        + " DELETE FROM " + TABLE + " WHERE id > 1; ALTER TABLE " + TABLE
                        + " ADD CONSTRAINT slow CHECK (athanor_slow(a) = a) NOT VALID");
        SchemaFixture.limited(server, limited -> {
            slow.forEach(sql -> limited.run(step(slow.indexOf(sql), options, rows ? "SELECT $$" + sql + "$$" : sql)));
            assertThat(limited.statementTimeout()).isEqualTo(SchemaFixture.SERVER_TIMEOUT_MS);
        });
        assertThat(valid()).isEqualTo("true");
    }

    @Test
    void aDirectiveMayAllowMoreThanTheServerDoes() {
        String slow = "SELECT pg_sleep(" + SchemaFixture.TOO_LONG_S + ")";
        SchemaFixture.limited(server, limited -> {
            assertThatExceptionOfType(SchemaStepException.class)
                    .isThrownBy(() -> limited.run(step(0, NONE, slow)))
                    .satisfies(e -> assertThat(e.code()).isEqualTo("statement_timeout"));
            limited.run(step(1, new SchemaOptions(false, null, Duration.ofMinutes(5), 0), slow));
            assertThat(limited.statementTimeout()).isEqualTo(SchemaFixture.SERVER_TIMEOUT_MS);
        });
    }

    @Test
    void aStatementThatMayHaveBeenDoneIsNotRepeatedUnasked() {
        SchemaOptions options = new SchemaOptions(false, null, null, 5);
        SchemaStep step = step(options, "SELECT pg_terminate_backend(pg_backend_pid())");
        assertThatExceptionOfType(SchemaStepException.class)
                .isThrownBy(() -> fixture.run(step))
                .withMessageContaining("nobody knows whether it was done");
        assertThat(fixture.told).isEmpty();
        assertThat(sections()).containsExactly(new SectionState(0, 0, true, false, null, StepChecksum.of(step, 0)));
    }

    @Test
    void settingsHoldForLaterStatementsAlsoAfterAResume() {
        String remember = "INSERT INTO " + TABLE + " SELECT 9, setting::int FROM pg_settings WHERE name = 'work_mem'";
        assertThatExceptionOfType(SchemaStepException.class)
                .isThrownBy(() -> fixture.run(step(NONE, "SET work_mem = 12345", "SELECT nothing_there", remember)));
        fixture.run(step(NONE, "SET work_mem = 12345", "SELECT 2", remember));
        assertThat(server.jdbc().number("SELECT a FROM " + TABLE + " WHERE id = 9"))
                .isEqualTo(12345);
    }

    private List<String> indexes() {
        return server.jdbc()
                .texts("SELECT n.nspname || ' ' || indisvalid FROM pg_index JOIN pg_class c ON c.oid = indexrelid"
                        + " JOIN pg_namespace n ON n.oid = relnamespace WHERE relname LIKE 'ix %' ORDER BY 1");
    }

    private void otherSchema(String values) {
        server.jdbc()
                .execute("CREATE SCHEMA " + OTHER + "; CREATE TABLE " + OTHER + "." + TABLE
                        + " (id int, a int); INSERT INTO " + OTHER + "." + TABLE + " VALUES " + values);
    }

    @Test
    void anIndexOfAnotherSchemaIsNotTakenForTheOneOfTheSearchPath() {
        otherSchema("(1, 1)");
        server.jdbc().execute("CREATE INDEX " + INDEX + " ON " + TABLE + " (a)");
        attempted(1);
        fixture.run(step(NONE, "SET search_path = " + OTHER, UNIQUE));
        assertThat(indexes()).containsExactly("Arch\"ive; drop true", "public true");
    }

    @Test
    void anInvalidIndexOfAnotherSchemaIsLeftAlone() {
        otherSchema("(1, 1), (2, 1)");
        assertThatThrownBy(() -> server.jdbc().execute(UNIQUE)).isInstanceOf(IllegalStateException.class);
        SchemaStep step = step(NONE, "SET search_path = " + OTHER, UNIQUE);
        assertThatExceptionOfType(SchemaStepException.class)
                .isThrownBy(() -> fixture.run(step))
                .withMessageContaining("its invalid index " + OTHER + "." + INDEX + " was dropped");
        assertThat(indexes()).containsExactly("public false");
        assertThatThrownBy(() -> server.jdbc().execute(UNIQUE.replace(" ON ", " ON " + OTHER + ".")))
                .isInstanceOf(IllegalStateException.class);
        server.jdbc().execute("UPDATE " + OTHER + "." + TABLE + " SET a = id");
        fixture.told.clear();
        fixture.run(step);
        assertThat(fixture.told).last().isEqualTo("done 2");
        assertThat(indexes()).containsExactly("Arch\"ive; drop true", "public false");
    }

    @Test
    void whoRunsTheSameTextIsNotTakenForUs() throws SQLException {
        otherSchema("(1, 1)");
        String text = "DO $$ BEGIN LOCK TABLE " + TABLE + "; PERFORM pg_sleep(1.5); END $$";
        String waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = '" + OTHER + "." + TABLE
                + "'::regclass";
        try (Connection holder = server.jdbc().connect()) {
            holder.setAutoCommit(false);
            holder.createStatement().execute("LOCK TABLE " + OTHER + "." + TABLE);
            CompletableFuture<Void> before = runInOther(text);
            Awaitility.await().until(() -> server.jdbc().number(waiting) == 1);
            SchemaOptions options = new SchemaOptions(false, Duration.ofMillis(200), null, 0);
            // whose connections are younger than that of the other, which the server names first
            SchemaFixture late = new SchemaFixture(server.url(), "late");
            CompletableFuture<Void> own = CompletableFuture.runAsync(() -> late.run(step(options, text)))
                    .whenComplete((nothing, failure) -> late.close());
            Awaitility.await()
                    .until(() -> server.jdbc()
                                    .number("SELECT count(*) FROM pg_locks WHERE granted AND relation = '" + TABLE
                                            + "'::regclass")
                            == 1);
            CompletableFuture<Void> behind = runInOther(text);
            own.join();
            assertThat(server.jdbc().number(waiting)).isEqualTo(2);
            holder.rollback();
            before.join();
            behind.join();
            assertThat(late.told).containsExactly("done 1");
        } finally {
            server.jdbc().execute("DROP SCHEMA late CASCADE");
        }
    }

    private CompletableFuture<Void> runInOther(String text) {
        return CompletableFuture.runAsync(() -> {
            try (Connection other = server.jdbc().connect()) {
                other.createStatement().execute("SET search_path = " + OTHER);
                other.createStatement().execute(text);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void nothingIsBegunByWhoIsFencedOff() {
        Fence old = new Fence(fixture.fence.token() - 1);
        assertThatExceptionOfType(FencedOffException.class)
                .isThrownBy(() -> fixture.run(step(NONE, UNIQUE), old, duration -> {}));
        assertThat(valid()).isEqualTo("null");
    }
}
