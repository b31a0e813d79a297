package dev.athanor.schema;

import static dev.athanor.schema.SchemaFixture.NONE;
import static dev.athanor.schema.SchemaFixture.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.ledger.LedgerFixture;
import dev.athanor.plan.Step.SchemaStep;
import dev.athanor.postgres.ConnectionUrl;
import dev.athanor.postgres.Database;
import dev.athanor.postgres.PoolSettings;
import dev.athanor.source.SchemaOptions;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is done CONCURRENTLY: whom it waits for, and that it leaves nothing invalid behind. */
@AthanorPostgres
class ConcurrentWorkTest {
    private static final String TABLE = "\"tick\"\"ets; drop\"";
    private static final String INDEX = "\"ix \"\"; drop\"";
    private static final String UNIQUE = "CREATE UNIQUE INDEX CONCURRENTLY " + INDEX + " ON " + TABLE + " (a)";
    private static final SchemaOptions SHORT = new SchemaOptions(false, Duration.ofMillis(300), null, 0);

    private final TestDatabase server;
    private final SchemaFixture fixture;

    ConcurrentWorkTest(TestDatabase server) {
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
                        + "; DROP FUNCTION IF EXISTS f");
    }

    private List<String> indexes() {
        return server.jdbc()
                .texts("SELECT relname || ' ' || indisvalid FROM pg_index JOIN pg_class c ON c.oid = indexrelid"
                        + " WHERE indrelid = '" + TABLE + "'::regclass ORDER BY 1");
    }

    private Connection transaction(String sql) throws SQLException {
        Connection connection = server.jdbc().connect();
        connection.setAutoCommit(false);
        connection.createStatement().execute(sql);
        return connection;
    }

    private void fails(SchemaStep step, String code, String message) {
        assertThatExceptionOfType(SchemaStepException.class)
                .isThrownBy(() -> fixture.run(step))
                .withMessageContaining(message)
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void aBuildThatFailsLeavesNothing() {
        fails(step(NONE, UNIQUE), "statement_failed", "its invalid index \"public\"." + INDEX + " was dropped: ");
        assertThat(indexes()).isEmpty();
        fails(step(NONE, UNIQUE.replace(INDEX, "")), "statement_failed", "_a_idx\" was dropped: ");
        assertThat(indexes()).isEmpty();
        server.jdbc().execute("UPDATE " + TABLE + " SET a = id");
        fixture.run(step(NONE, UNIQUE));
        assertThat(indexes()).containsExactly("ix \"; drop true");
        assertThat(fixture.told).first().isEqualTo("dropped \"public\"." + INDEX);
    }

    @Test
    void whatCannotBeDroppedIsSaid() throws SQLException {
        try (Connection reader = transaction("LOCK TABLE " + TABLE + " IN ACCESS SHARE MODE")) {
            fails(
                    step(NONE, UNIQUE),
                    "statement_failed",
                    "is left (DROP INDEX CONCURRENTLY \"public\"." + INDEX
                            + "), because a lock was not granted in time;" + " it is held by pid ");
            assertThat(indexes()).containsExactly("ix \"; drop false");
            reader.rollback();
        }
        fails(step(NONE, UNIQUE), "statement_failed", "was dropped: ");
        assertThat(indexes()).isEmpty();
    }

    @Test
    void aReindexThatFailsLeavesNothingOfItsOwn() {
        server.jdbc()
                .execute("CREATE FUNCTION f(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS 'BEGIN RETURN $1; END';"
                        + " CREATE INDEX " + INDEX + " ON " + TABLE + " (f(a))");
        assertThatThrownBy(() ->
                        server.jdbc().execute("CREATE UNIQUE INDEX CONCURRENTLY others_ccnew ON " + TABLE + " (a)"))
                .isInstanceOf(IllegalStateException.class);
        server.jdbc()
                .execute("CREATE OR REPLACE FUNCTION f(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS"
                        + " 'BEGIN RETURN 1 / 0; END'");
        fails(
                step(NONE, "REINDEX INDEX CONCURRENTLY " + INDEX),
                "statement_failed",
                "its invalid index \"public\".\"ix \"\"; drop_ccnew\" was dropped: ");
        assertThat(indexes()).containsExactly("ix \"; drop true", "others_ccnew false");
    }

    @Test
    void whatAnEarlierTryOfAReindexHasLeftIsDroppedFirst() throws SQLException {
        server.jdbc().execute("CREATE INDEX " + INDEX + " ON " + TABLE + " (a)");
        String reindex = "REINDEX (CONCURRENTLY) TABLE " + TABLE;
        try (Connection writer = transaction("UPDATE " + TABLE + " SET a = 5")) {
            fails(step(SHORT, reindex), "lock_timeout", "drop_ccnew\" is left (DROP INDEX CONCURRENTLY ");
            assertThat(indexes()).containsExactly("ix \"; drop true", "ix \"; drop_ccnew false");
            writer.rollback();
        }
        fixture.run(step(NONE, reindex));
        assertThat(indexes()).containsExactly("ix \"; drop true");
        assertThat(fixture.told).containsExactly("dropped \"public\".\"ix \"\"; drop_ccnew\"", "done 1");
    }

    @Test
    void whatWasThereBeforeTheFirstTryOfAReindexIsNotItsOwn() throws SQLException {
        assertThatThrownBy(() ->
                        server.jdbc().execute("CREATE UNIQUE INDEX CONCURRENTLY others_ccnew ON " + TABLE + " (a)"))
                .isInstanceOf(IllegalStateException.class);
        server.jdbc().execute("CREATE INDEX " + INDEX + " ON " + TABLE + " (a)");
        SchemaOptions twice = new SchemaOptions(false, Duration.ofMillis(300), null, 1);
        try (Connection holder = transaction("LOCK TABLE " + TABLE + " IN SHARE UPDATE EXCLUSIVE MODE")) {
            fixture.run(step(twice, "REINDEX INDEX CONCURRENTLY " + INDEX), fixture.fence, duration -> {
                try {
                    holder.rollback();
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
        }
        assertThat(fixture.told).containsExactly("retrying 1", "done 1");
        assertThat(indexes()).containsExactly("ix \"; drop true", "others_ccnew false");
    }

    @Test
    void whatAnotherBuildHasLeftMeanwhileIsNotDropped() throws SQLException {
        String waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = '" + TABLE + "'::regclass";
        try (Connection holder = transaction("LOCK TABLE " + TABLE + " IN SHARE UPDATE EXCLUSIVE MODE")) {
            CompletableFuture<Void> colleague =
                    CompletableFuture.runAsync(() -> server.jdbc().execute(UNIQUE.replace(INDEX, "others")));
            Awaitility.await().until(() -> server.jdbc().number(waiting) == 1);
            CompletableFuture<Void> build = CompletableFuture.runAsync(() -> fixture.run(step(NONE, UNIQUE)));
            Awaitility.await().until(() -> server.jdbc().number(waiting) == 2);
            holder.rollback();
            assertThatThrownBy(colleague::join).hasCauseInstanceOf(IllegalStateException.class);
            assertThatThrownBy(build::join)
                    .hasMessageContaining("its invalid index \"public\"." + INDEX + " was dropped");
        }
        assertThat(indexes()).containsExactly("others false");
    }

    @Test
    void whatAnotherRoleBuildsIsNotTakenForALeftover() throws SQLException {
        server.jdbc().execute("CREATE ROLE \"bli\"\"nd'er\" LOGIN PASSWORD 's3cret'");
        String url = server.url().replaceFirst("//[^@]*@", "//bli%22nd%27er:s3cret@");
        try (Connection writer = transaction("UPDATE " + TABLE + " SET a = 5 WHERE id = 1");
                Database blind = Database.open(ConnectionUrl.parse(url, Map.of()), PoolSettings.DEFAULTS)) {
            CompletableFuture<Void> build =
                    CompletableFuture.runAsync(() -> server.jdbc().execute(UNIQUE.replace("UNIQUE ", "")));
            Awaitility.await()
                    .until(() -> server.jdbc()
                                    .number("SELECT count(*) FROM pg_stat_progress_create_index WHERE index_relid <> 0")
                            == 1);
            WorkedOn on = blind.transactions()
                    .autocommit(session -> WorkedOn.of(session, new SessionSettings(List.of()), UNIQUE));
            List<InvalidIndex> seen = blind.transactions().autocommit(session -> InvalidIndex.behind(session, on));
            assertThat(seen).singleElement().matches(InvalidIndex::building);
            Optional<IndexBuild> found = blind.transactions()
                    .autocommit(session -> IndexBuild.find(session, on.index().orElseThrow()));
            assertThat(found).contains(new IndexBuild(false, true));
            writer.rollback();
            build.join();
        } finally {
            server.jdbc().execute("DROP ROLE \"bli\"\"nd'er\"");
        }
    }

    @Test
    void aBuildDoesNotBeginWhileAnOldTransactionIsOpen() throws SQLException {
        fixture.oldTransaction = Duration.ofMillis(1);
        String index = UNIQUE.replace("UNIQUE ", "");
        SchemaStep step = step(new SchemaOptions(false, null, null, 1), index);
        try (Connection old =
                transaction("SET application_name = 'report'; SET TRANSACTION ISOLATION LEVEL REPEATABLE READ;"
                        + " SELECT 'the long ''report'")) {
            fails(step, "old_transaction", "was not begun in 2 tries: it would wait for pid ");
            fails(
                    step,
                    "old_transaction",
                    "application 'report', role 'postgres', idle in transaction, transaction open for ");
            assertThat(indexes()).isEmpty();
            fixture.told.clear();
            fixture.run(step, fixture.fence, duration -> {
                try {
                    old.rollback();
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
        }
        assertThat(fixture.told).containsExactly("retrying 1", "done 1");
        assertThat(indexes()).containsExactly("ix \"; drop true");
    }

    @Test
    void whoIsNotInItsWayIsNoReasonToWait() throws SQLException {
        server.jdbc().execute("CREATE INDEX " + INDEX + " ON " + TABLE + " (a)");
        fixture.oldTransaction = Duration.ofMillis(1);
        try (Connection idle = transaction("BEGIN");
                Connection snapshot = transaction("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; SELECT 1")) {
            fixture.run(step(NONE, "DROP INDEX CONCURRENTLY " + INDEX));
            snapshot.rollback();
            idle.rollback();
        }
        assertThat(indexes()).isEmpty();
    }

    @Test
    void aBuildWaitsLongerThanOtherStatements() throws SQLException {
        try (Connection writer = transaction("UPDATE " + TABLE + " SET a = 5 WHERE id = 1")) {
            CompletableFuture<Void> build =
                    CompletableFuture.runAsync(() -> fixture.run(step(NONE, UNIQUE.replace("UNIQUE ", ""))));
            Awaitility.await()
                    .until(() -> server.jdbc()
                                    .number(
                                            "SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'virtualxid'"
                                                    + " AND clock_timestamp() - waitstart > interval '"
                                                    + 3 * SchemaFixture.LOCK_TIMEOUT.toMillis() + " ms'")
                            == 1);
            writer.rollback();
            build.join();
        }
        assertThat(fixture.told).containsExactly("done 1");
        assertThat(indexes()).containsExactly("ix \"; drop true");
    }
}
