package dev.athanor.schema;

import static dev.athanor.schema.SchemaFixture.TRANSACTION;
import static dev.athanor.schema.SchemaFixture.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.ledger.Fence;
import dev.athanor.ledger.FencedOffException;
import dev.athanor.ledger.LedgerFixture;
import dev.athanor.ledger.SectionState;
import dev.athanor.plan.Step.SchemaStep;
import dev.athanor.plan.StepChecksum;
import dev.athanor.source.SchemaOptions;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@AthanorPostgres
class TransactionalSectionTest {
    private static final String TABLE = "\"tick\"\"ets; drop\"";
    private static final String ADD = "ALTER TABLE " + TABLE + " ADD COLUMN note text";

    private final TestDatabase server;
    private final SchemaFixture fixture;

    TransactionalSectionTest(TestDatabase server) {
        this.server = server;
        this.fixture = new SchemaFixture(server);
    }

    @BeforeEach
    void table() {
        server.jdbc().execute("CREATE TABLE " + TABLE + " (id int PRIMARY KEY)");
    }

    @AfterEach
    void drop() {
        fixture.close();
        server.jdbc().execute("DROP SCHEMA " + LedgerFixture.quoted() + " CASCADE; DROP TABLE " + TABLE);
    }

    private long columns() {
        return server.jdbc()
                .number("SELECT count(*) FROM pg_attribute WHERE attrelid = '" + TABLE + "'::regclass AND attnum > 0");
    }

    private List<SectionState> sections() {
        return fixture.process.ledger().sections(SchemaFixture.REVISION);
    }

    @Test
    void runsOnceTogetherWithItsLedgerRow() {
        SchemaStep step = step(TRANSACTION, ADD, "INSERT INTO " + TABLE + " SELECT 1 WHERE '{\"a\":1}'::jsonb ? 'a'");
        fixture.run(step);
        fixture.run(step);
        assertThat(fixture.told).containsExactly("done 1", "done 2");
        assertThat(columns()).isEqualTo(2);
        assertThat(server.jdbc().number("SELECT count(*) FROM " + TABLE)).isEqualTo(1);
        assertThat(sections()).containsExactly(new SectionState(0, 2, false, true, null, StepChecksum.of(step, 2)));
    }

    @Test
    void aFailureInTheMiddleLeavesNothing() {
        assertThatExceptionOfType(SchemaStepException.class)
                .isThrownBy(() -> fixture.run(step(TRANSACTION, ADD, "SELECT 1,\n nothing_there", "SELECT 2")))
                .withMessageContaining("Revision 'data'\"002', expand[0] at migrations/data002.sql:9")
                .withMessageContaining("statement 2 of 3 (SELECT 1,) failed, the whole section was rolled back")
                .withMessageContaining("nothing_there")
                .withMessageContaining("SQLSTATE 42703, at character 12")
                .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.FAILED))
                .satisfies(e -> assertThat(e.code()).isEqualTo("statement_failed"))
                .satisfies(e -> assertThat(e.hint())
                        .contains("migrations/data002.sql:9")
                        .contains("athanor resume"));
        assertThat(columns()).isEqualTo(1);
        assertThat(sections()).isEmpty();
    }

    @Test
    void aFailureAtCommitLeavesNothing() {
        assertThatExceptionOfType(SchemaStepException.class)
                .isThrownBy(() -> fixture.run(step(
                        TRANSACTION,
                        "ALTER TABLE " + TABLE + " ADD parent int REFERENCES " + TABLE
                                + " DEFERRABLE INITIALLY DEFERRED",
                        "INSERT INTO " + TABLE + " VALUES (1, 2)")))
                .withMessageContaining("its transaction failed")
                .withMessageContaining("SQLSTATE 23503");
        assertThat(columns()).isEqualTo(1);
        assertThat(sections()).isEmpty();
    }

    @Test
    void aLockThatIsNeverGrantedNamesItsHolder() throws SQLException {
        try (Connection holder = lock()) {
            long pid = pid(holder);
            assertThatExceptionOfType(SchemaStepException.class)
                    .isThrownBy(() -> fixture.run(step(TRANSACTION, "SELECT 1", ADD)))
                    .withMessageContaining("statement 2 of 2 (ALTER TABLE")
                    .withMessageContaining("not granted its lock in 3 tries")
                    .withMessageContaining("held by pid " + pid)
                    .withMessageContaining("idle in transaction")
                    .withMessageContaining("SELECT 'I hold it', pg_backend_pid()")
                    .satisfies(e -> assertThat(e.code()).isEqualTo("lock_timeout"))
                    .satisfies(e -> assertThat(e.hint()).contains("pg_terminate_backend(" + pid + ")"))
                    .satisfies(e ->
                            assertThat(e.blockers()).extracting(Blocker::pid).containsExactly(pid));
        }
        assertThat(fixture.told)
                .containsExactly("done 1", "retrying 1", "paused", "done 1", "retrying 2", "paused", "done 1");
        assertThat(columns()).isEqualTo(1);
    }

    private Connection lock() throws SQLException {
        Connection holder = server.jdbc().connect();
        holder.setAutoCommit(false);
        holder.createStatement().execute("LOCK TABLE " + TABLE + " IN ACCESS SHARE MODE");
        return holder;
    }

    private static long pid(Connection holder) throws SQLException {
        try (var rows = holder.createStatement().executeQuery("SELECT 'I hold it', pg_backend_pid()")) {
            rows.next();
            return rows.getLong(2);
        }
    }

    @Test
    void comesBackWhenTheLockIsFree() throws SQLException {
        try (Connection holder = lock()) {
            fixture.run(step(TRANSACTION, ADD), fixture.fence, duration -> {
                try {
                    holder.rollback();
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
        }
        assertThat(fixture.told).containsExactly("retrying 1", "done 1");
        assertThat(columns()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatHarmsNobodyMayRunLongerThanTheServerAllows(boolean rows) {
        SchemaOptions options = new SchemaOptions(true, null, null, 0, rows);
        String validate = "ALTER TABLE " + TABLE + " VALIDATE CONSTRAINT slow";
        limited(process ->
                process.run(rows ? step(options, given("SELECT 1"), given(validate)) : step(options, validate)));
        assertThat(server.jdbc().text("SELECT convalidated FROM pg_constraint WHERE conname = 'slow'"))
                .isEqualTo("t");
    }

    @Test
    void theStrictestOfTheRowsHoldsFromThenOn() {
        String remember = "INSERT INTO " + TABLE + " SELECT setting::int FROM pg_settings"
                + " WHERE name = 'lock_timeout' UNION SELECT 10000000 + setting::int FROM pg_settings WHERE name = 'statement_timeout'";
        SchemaFixture.limited(
                server,
                process -> process.run(step(
                        new SchemaOptions(true, null, null, 0, true),
                        given("COMMENT ON TABLE " + TABLE + " IS 'quiet'"),
                        given(remember))));
        assertThat(server.jdbc().texts("SELECT id FROM " + TABLE + " WHERE id > 1 ORDER BY id"))
                .containsExactly(
                        String.valueOf(SchemaFixture.LOCK_TIMEOUT.toMillis()),
                        String.valueOf(10_000_000 + SchemaFixture.SERVER_TIMEOUT_MS));
    }

    @Test
    void whatADirectiveSaysOfRowsHolds() {
        SchemaOptions options = new SchemaOptions(true, null, Duration.ofMillis(100), 0, true);
        limited(process -> assertThatExceptionOfType(SchemaStepException.class)
                .isThrownBy(
                        () -> process.run(step(options, given("ALTER TABLE " + TABLE + " VALIDATE CONSTRAINT slow"))))
                .satisfies(e -> assertThat(e.code()).isEqualTo("statement_timeout")));
    }

    private static String given(String statement) {
        return "SELECT $query$" + statement + "$query$";
    }

    private void limited(Consumer<SchemaFixture> work) {
        server.jdbc()
                .execute("INSERT INTO " + TABLE + " VALUES (1); ALTER TABLE " + TABLE
                        + " ADD CONSTRAINT slow CHECK (pg_sleep(" + SchemaFixture.TOO_LONG_S
                        + ") IS NOT NULL) NOT VALID");
        SchemaFixture.limited(server, work);
    }

    @Test
    void aLostConnectionIsTriedAgain() {
        server.jdbc().execute("INSERT INTO " + TABLE + " VALUES (1)");
        SchemaStep step = step(TRANSACTION, ADD, "SELECT pg_terminate_backend(pg_backend_pid()) FROM " + TABLE);
        fixture.run(step, fixture.fence, duration -> server.jdbc().execute("DELETE FROM " + TABLE));
        assertThat(fixture.told).containsExactly("done 1", "retrying 1", "done 1", "done 2");
        assertThat(columns()).isEqualTo(2);
    }

    @Test
    void nothingIsCommittedByWhoIsFencedOff() {
        Fence old = new Fence(fixture.fence.token() - 1);
        assertThatExceptionOfType(FencedOffException.class)
                .isThrownBy(() -> fixture.run(step(TRANSACTION, ADD), old, duration -> {}));
        assertThat(columns()).isEqualTo(1);
    }

    @Test
    void whatASectionSetsDoesNotOutliveIt() {
        fixture.run(step(TRANSACTION, "SET work_mem = '123MB'", "SET ROLE pg_monitor"));
        assertThat(fixture.process
                        .database()
                        .transactions()
                        .<String>autocommit(session -> session.queryOne(
                                        "SELECT current_setting('work_mem') || ' ' || current_setting('role') AS s",
                                        row -> row.string("s"))
                                .orElseThrow()))
                .isEqualTo("4MB none");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"COMMIT", "begin", "/* x */ Rollback", "END", "PREPARE TRANSACTION 'x'", "START TRANSACTION"})
    void statementsThatWouldEndTheTransactionAreRefused(String statement) {
        assertThatExceptionOfType(AthanorException.class)
                .isThrownBy(() -> fixture.run(step(TRANSACTION, ADD, statement)))
                .satisfies(e -> assertThat(e.code()).isEqualTo("transaction_control"));
        assertThat(columns()).isEqualTo(1);
    }

    @Test
    void savepointsAreNoneOfThem() {
        fixture.run(step(TRANSACTION, "SAVEPOINT s", ADD, "ROLLBACK TO s", "RELEASE s", "DO $$BEGIN END$$"));
        assertThat(columns()).isEqualTo(1);
    }
}
