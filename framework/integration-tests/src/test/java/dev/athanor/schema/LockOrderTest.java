package dev.athanor.schema;

import static dev.athanor.schema.SchemaFixture.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.athanor.ledger.LedgerFixture;
import dev.athanor.postgres.TransactionSettings;
import dev.athanor.source.SchemaOptions;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@AthanorPostgres
class LockOrderTest {
    private static final String A = "\"A tick\"\"ets; drop\"";
    private static final String B = "\"Ü\"\"; b\"";
    private static final SchemaOptions ONCE = new SchemaOptions(true, null, null, 0);

    private final TestDatabase server;
    private final SchemaFixture fixture;

    LockOrderTest(TestDatabase server) {
        this.server = server;
        this.fixture = new SchemaFixture(server);
    }

    @BeforeEach
    void tables() {
        server.jdbc()
                .execute("CREATE SCHEMA desk; CREATE TABLE desk." + A
                        + " (id int PRIMARY KEY, x int); CREATE TABLE desk." + B
                        + " (id int PRIMARY KEY, a int); CREATE TABLE desk.p (id int) PARTITION BY LIST (id);"
                        + " CREATE TABLE desk.aa_leaf PARTITION OF desk.p FOR VALUES IN (1);"
                        + " CREATE VIEW desk.v AS SELECT id FROM desk." + B);
    }

    @AfterEach
    void drop() {
        fixture.close();
        server.jdbc().execute("DROP SCHEMA " + LedgerFixture.quoted() + " CASCADE; DROP SCHEMA desk CASCADE");
    }

    private static String alter(String table) {
        return "ALTER TABLE desk." + table + " ADD COLUMN IF NOT EXISTS added int";
    }

    /** What would be locked, in order. */
    private List<String> order(String... statements) {
        return fixture.process.database().transactions().inTransaction(TransactionSettings.SERVER_DEFAULTS, session -> {
            List<String> locks = new ArrayList<>();
            LockOrder.of(session, List.of(statements))
                    .forEach((table, need) ->
                            locks.add(table.name().name() + " " + need.mode().sql() + " " + need.statement()));
            return locks;
        });
    }

    private static final String A_NAME = "A tick\"ets; drop";
    private static final String B_NAME = "Ü\"; b";

    @Test
    void anyOrderOfStatementsLocksInOneOrder() {
        assertThat(order(alter(B), alter(A)))
                .containsExactly(A_NAME + " ACCESS EXCLUSIVE 1", B_NAME + " ACCESS EXCLUSIVE 0");
        assertThat(order(alter(A), alter(B)))
                .containsExactly(A_NAME + " ACCESS EXCLUSIVE 0", B_NAME + " ACCESS EXCLUSIVE 1");
        assertThat(order("ALTER TABLE desk." + B + " ADD FOREIGN KEY (a) REFERENCES desk." + A + " NOT VALID"))
                .containsExactly(A_NAME + " SHARE ROW EXCLUSIVE 0", B_NAME + " SHARE ROW EXCLUSIVE 0");
    }

    @Test
    void partitionsComeBehindTheirTableAndKeepItsPlace() {
        assertThat(order(alter(B), "DROP TABLE desk.aa_leaf", alter("p")))
                .containsExactly("p ACCESS EXCLUSIVE 1", "aa_leaf ACCESS EXCLUSIVE 1", B_NAME + " ACCESS EXCLUSIVE 0");
    }

    @Test
    void oneTableNeedsNoOrderUnlessItsLockBecomesStronger() {
        assertThat(order(alter(A), "ALTER TABLE desk." + A + " DROP COLUMN x")).isEmpty();
        assertThat(order(alter("p"))).isEmpty();
        assertThat(order("COMMENT ON TABLE desk." + A + " IS 'x'", alter(A)))
                .containsExactly(A_NAME + " ACCESS EXCLUSIVE 0");
    }

    @Test
    void nothingIsHeldWhileRowsAreWorkedOn() {
        assertThat(order("UPDATE desk." + A + " SET x = 1", alter(B))).isEmpty();
        assertThat(order(alter(A), "UPDATE desk." + B + " SET a = 1", alter("p")))
                .containsExactly(A_NAME + " ACCESS EXCLUSIVE 0", B_NAME + " ROW EXCLUSIVE 1");
        assertThat(order(alter(A), "SET search_path = desk", alter(B))).isEmpty();
    }

    @Test
    void whatCannotBeLockedIsLeftToTheStatements() {
        assertThat(order(
                        "ALTER TABLE IF EXISTS desk.none ADD x int",
                        "CREATE OR REPLACE VIEW desk.v AS SELECT id FROM desk." + B,
                        alter(A)))
                .containsExactly(A_NAME + " ACCESS EXCLUSIVE 2", B_NAME + " ACCESS SHARE 1");
        server.jdbc()
                .execute("CREATE ROLE \"ow ner\"; GRANT USAGE ON SCHEMA desk TO \"ow ner\"; GRANT REFERENCES ON desk."
                        + A + " TO \"ow ner\"; ALTER TABLE desk." + B + " OWNER TO \"ow ner\"");
        try {
            fixture.run(step(
                    ONCE,
                    "SET ROLE \"ow ner\"",
                    "ALTER TABLE desk." + B + " ADD FOREIGN KEY (a) REFERENCES desk." + A + " NOT VALID"));
        } finally {
            server.jdbc().execute("DROP OWNED BY \"ow ner\" CASCADE; DROP ROLE \"ow ner\"");
            server.jdbc().execute("CREATE TABLE IF NOT EXISTS desk." + B + " (id int)");
        }
        assertThat(fixture.told).containsExactly("done 1", "done 2");
    }

    @Test
    void theSecondTableIsFreeWhileTheFirstIsWaitedFor() throws SQLException {
        fixture.lockTimeout = Duration.ofMinutes(5);
        CompletableFuture<Void> section;
        try (Connection reader = transaction("SELECT 1 FROM desk." + A)) {
            section = CompletableFuture.runAsync(() -> fixture.run(step(ONCE, alter(B), alter(A))));
            Awaitility.await()
                    .until(() -> server.jdbc().number("SELECT count(*) FROM pg_locks WHERE NOT granted") == 1);
            assertThat(server.jdbc().text("SELECT relation::regclass FROM pg_locks WHERE NOT granted"))
                    .contains("tick");
            assertThat(server.jdbc()
                            .number("SELECT count(*) FROM pg_locks WHERE relation = 'desk." + B + "'::regclass"))
                    .isZero();
            reader.rollback();
        }
        section.join();
        assertThat(fixture.told).containsExactly("done 1", "done 2");
    }

    @Test
    void whoHoldsOneTableWaitsForTheNextOnlyShortly() throws SQLException {
        fixture.lockTimeout = Duration.ofMinutes(5);
        try (Connection reader = transaction("SELECT 1 FROM desk." + B)) {
            assertThatExceptionOfType(SchemaStepException.class)
                    .isThrownBy(() -> fixture.run(step(ONCE, alter(B), alter(A))))
                    .withMessageContaining("statement 1 of 2 (" + alter(B))
                    .withMessageContaining("it is held by pid ")
                    .satisfies(e -> assertThat(e.code()).isEqualTo("lock_timeout"));
            reader.rollback();
        }
    }

    @Test
    void theLockTimeoutOfTheStatementsIsWhatItWas() {
        fixture.lockTimeout = Duration.ofSeconds(7);
        fixture.run(step(
                ONCE,
                alter(A),
                alter(B),
                "INSERT INTO desk." + A + " SELECT 1, setting::int FROM pg_settings WHERE name =" + " 'lock_timeout'"));
        assertThat(server.jdbc().number("SELECT x FROM desk." + A)).isEqualTo(7000);
    }

    private Connection transaction(String sql) throws SQLException {
        Connection connection = server.jdbc().connect();
        connection.setAutoCommit(false);
        connection.createStatement().execute(sql);
        return connection;
    }

    @Test
    void twoRunnersWithTheSameTablesInOppositeOrderDoNotDeadlock() {
        int rounds = 30;
        try (SchemaFixture other = new SchemaFixture(server.url(), "other")) {
            CompletableFuture<Void> there = CompletableFuture.runAsync(() -> {
                for (int i = 0; i < rounds; i++) {
                    other.run(step(i, SchemaFixture.TRANSACTION, alter(A), alter("p"), alter(B)));
                }
            });
            for (int i = 0; i < rounds; i++) {
                fixture.run(step(
                        i,
                        SchemaFixture.TRANSACTION,
                        alter(B),
                        "ALTER TABLE desk.aa_leaf ALTER COLUMN id SET STATISTICS 50",
                        alter(A)));
            }
            there.join();
        } finally {
            server.jdbc().execute("DROP SCHEMA other CASCADE");
        }
        assertThat(server.jdbc().number("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"))
                .isZero();
    }
}
