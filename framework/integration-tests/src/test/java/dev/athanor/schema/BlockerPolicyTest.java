package dev.athanor.schema;

import static dev.athanor.schema.SchemaFixture.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.athanor.ledger.LedgerFixture;
import dev.athanor.source.SchemaOptions;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sessions of named roles that stand in the way are ended, and that is recorded. */
@AthanorPostgres
class BlockerPolicyTest {
    private static final String TABLE = "\"tick\"\"ets; drop\"";
    private static final String ROLE = "blo\"ck'er";
    private static final String QUOTED = "\"blo\"\"ck'er\"";
    private static final String ALTER = "ALTER TABLE " + TABLE + " ADD COLUMN b int";
    private static final SchemaOptions PATIENT = new SchemaOptions(true, Duration.ofSeconds(4), null, 0);

    private final TestDatabase server;
    private final SchemaFixture fixture;

    BlockerPolicyTest(TestDatabase server) {
        this.server = server;
        this.fixture = new SchemaFixture(server);
    }

    @BeforeEach
    void table() {
        server.jdbc()
                .execute("CREATE TABLE " + TABLE + " (id int, a int); CREATE ROLE " + QUOTED
                        + " LOGIN PASSWORD 's3cret'; GRANT ALL ON " + TABLE + " TO " + QUOTED);
    }

    @AfterEach
    void drop() {
        fixture.close();
        server.jdbc()
                .execute("DROP SCHEMA IF EXISTS " + LedgerFixture.quoted() + " CASCADE; DROP TABLE " + TABLE
                        + "; DROP OWNED BY " + QUOTED + "; DROP ROLE " + QUOTED);
    }

    private String urlOfRole() {
        return server.url().replaceFirst("//[^@]*@", "//blo%22ck%27er:s3cret@");
    }

    private Connection holder(String url) throws SQLException {
        Connection connection = Jdbc.at(url).connect();
        connection.setAutoCommit(false);
        connection.createStatement().execute("UPDATE " + TABLE + " SET a = 5");
        return connection;
    }

    private String events() {
        return String.join(
                "|",
                server.jdbc()
                        .texts("SELECT kind || ' ' || revision_id || ' ' || detail FROM " + LedgerFixture.quoted()
                                + ".event WHERE kind LIKE 'blocker%' ORDER BY id"));
    }

    @Test
    void anIdleTransactionIsTerminated() throws SQLException {
        fixture.blockers = new BlockerPolicy(true, Set.of(ROLE));
        try (Connection idle = holder(urlOfRole())) {
            fixture.run(step(PATIENT, ALTER));
            assertThat(idle.isClosed() || !idle.isValid(5)).isTrue();
        }
        assertThat(fixture.told).containsExactlyInAnyOrder("terminated " + ROLE, "done 1");
        assertThat(events())
                .startsWith("blocker_terminated " + SchemaFixture.REVISION + " expand[0]: pid ")
                .contains("role '" + ROLE + "', idle in transaction");
    }

    @Test
    void aStatementThatRunsIsCancelledAndItsSessionLives() throws SQLException {
        fixture.blockers = new BlockerPolicy(false, Set.of(ROLE));
        try (Connection busy = holder(urlOfRole())) {
            CompletableFuture<String> ended = CompletableFuture.supplyAsync(() -> {
                try {
                    busy.createStatement().execute("SELECT pg_sleep(600)");
                    return "";
                } catch (SQLException e) {
                    return e.getSQLState();
                }
            });
            Awaitility.await()
                    .until(() -> server.jdbc()
                                    .number("SELECT count(*) FROM pg_stat_activity WHERE state = 'active'"
                                            + " AND query = 'SELECT pg_sleep(600)'")
                            == 1);
            fixture.run(step(PATIENT, ALTER));
            assertThat(ended.join()).isEqualTo("57014");
            busy.rollback();
            assertThat(busy.isValid(5)).isTrue();
        }
        assertThat(fixture.told).containsExactlyInAnyOrder("cancelled " + ROLE, "done 1");
        assertThat(events()).startsWith("blocker_cancelled ");
    }

    @Test
    void nobodyElseIsTouched() throws SQLException {
        fixture.blockers = new BlockerPolicy(true, Set.of(ROLE));
        try (Connection other = holder(server.url())) {
            SchemaOptions options = new SchemaOptions(true, Duration.ofMillis(600), null, 0);
            assertThatExceptionOfType(SchemaStepException.class)
                    .isThrownBy(() -> fixture.run(step(options, ALTER)))
                    .satisfies(e -> assertThat(e.code()).isEqualTo("lock_timeout"));
            assertThat(other.isValid(5)).isTrue();
            other.rollback();
        }
        assertThat(fixture.told).isEmpty();
        assertThat(events()).isEmpty();
    }

    @Test
    void aBuildBeginsAndThenEndsThem() throws SQLException {
        fixture.oldTransaction = Duration.ofMillis(1);
        fixture.blockers = new BlockerPolicy(false, Set.of(ROLE));
        try (Connection idle = holder(urlOfRole())) {
            fixture.run(step(
                    new SchemaOptions(false, Duration.ofSeconds(4), null, 0),
                    "CREATE INDEX CONCURRENTLY ON " + TABLE + " (a)"));
            assertThat(idle.isClosed() || !idle.isValid(5)).isTrue();
        }
        assertThat(fixture.told).containsExactlyInAnyOrder("terminated " + ROLE, "done 1");
    }

    @Test
    void withoutTheRightTheWaitGoesOnAndThatIsSaid() throws SQLException {
        fixture.close();
        server.jdbc()
                .execute("DROP SCHEMA " + LedgerFixture.quoted() + " CASCADE; GRANT CREATE ON DATABASE " + server.name()
                        + " TO " + QUOTED + "; ALTER TABLE " + TABLE + " OWNER TO " + QUOTED);
        String me = server.jdbc().text("SELECT current_user");
        try (SchemaFixture limited = new SchemaFixture(urlOfRole(), LedgerFixture.HOSTILE);
                Connection idle = holder(server.url())) {
            limited.blockers = new BlockerPolicy(true, Set.of(String.valueOf(me)));
            SchemaOptions options = new SchemaOptions(true, Duration.ofSeconds(1), null, 0);
            assertThatExceptionOfType(SchemaStepException.class)
                    .isThrownBy(() -> limited.run(step(options, ALTER)))
                    .satisfies(e -> assertThat(e.code()).isEqualTo("lock_timeout"));
            assertThat(limited.told).hasSize(1).first().asString().startsWith("spared " + me + ": ");
            idle.rollback();
        }
        assertThat(events()).isEmpty();
    }
}
