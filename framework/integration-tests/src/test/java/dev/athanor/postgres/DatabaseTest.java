package dev.athanor.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.athanor.FailureKind;
import dev.athanor.sql.SqlStateClass;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.TestDatabase;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@AthanorPostgres
class DatabaseTest {
    private static final String HOSTILE = "\"tick\"\"ets; drop\"";

    private final TestDatabase server;
    private Database database;

    DatabaseTest(TestDatabase server) {
        this.server = server;
        this.database = open(server.url());
        this.database.close();
    }

    private static Database open(String url) {
        return Database.open(ConnectionUrl.parse(url, Map.of()), PoolSettings.DEFAULTS);
    }

    @BeforeEach
    void setUp() {
        database = open(server.url());
        server.jdbc()
                .execute("DROP TABLE IF EXISTS " + HOSTILE + "; CREATE TABLE " + HOSTILE + " (id int PRIMARY KEY)");
    }

    @AfterEach
    void close() {
        database.close();
    }

    private long count() {
        return server.jdbc().number("SELECT count(*) FROM " + HOSTILE);
    }

    @Test
    void bindsAndReadsAllTypes() {
        Instant now = Instant.parse("2026-01-02T03:04:05.678901Z");
        List<String> texts = List.of("a\"b", "ä,{}");
        String read = database.transactions()
                .autocommit(session -> session.queryOne(
                                "SELECT ?::text AS a, ?::bigint AS b, ?::int AS c, ?::boolean AS d, ?::timestamptz AS e,"
                                        + " ?::text[] AS f, ?::text AS g, ?::text[] AS h",
                                DatabaseTest::describe,
                                "x",
                                5L,
                                6,
                                true,
                                now,
                                texts,
                                null,
                                null)
                        .orElseThrow());
        assertThat(read).isEqualTo("[a, b, c, d, e, f, g, h] x 5 6 true " + now + " " + texts + " null null");
        String reactive = database.reactive()
                .readOnly(session -> session.query(
                        "SELECT $1 AS a, $2 AS b, $3 AS c, $4 AS d, $5 AS e, $6 AS f, $7 AS g, $8 AS h",
                        DatabaseTest::describe,
                        "x",
                        5L,
                        6,
                        true,
                        now,
                        texts.toArray(String[]::new),
                        ReactiveSession.NULL_TEXT,
                        ReactiveSession.NULL_TEXTS))
                .blockLast();
        assertThat(reactive).isEqualTo(read);
    }

    private static String describe(Row row) {
        return String.join(
                " ",
                Arrays.asList(
                        row.columns().toString(),
                        row.string("a"),
                        Long.toString(row.number("b")),
                        Long.toString(row.number("c")),
                        Boolean.toString(row.flag("d")),
                        String.valueOf(row.time("e")),
                        String.valueOf(row.texts("f")),
                        String.valueOf(row.text("g")),
                        String.valueOf(row.texts("h"))));
    }

    @Test
    void commitsOrRollsBack() {
        Transactions transactions = database.transactions();
        transactions.inTransaction(
                TransactionSettings.SERVER_DEFAULTS,
                session -> session.executeVerbatim("INSERT INTO " + HOSTILE + " VALUES (1)"));
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> transactions.inTransaction(TransactionSettings.SERVER_DEFAULTS, session -> {
                    session.executeVerbatim("INSERT INTO " + HOSTILE + " VALUES (2)");
                    throw new IllegalStateException("no");
                }));
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void verbatimLeavesQuestionMarksAndBracesAlone() {
        long affected = database.transactions()
                .autocommit(session -> session.executeVerbatim(
                        "INSERT INTO " + HOSTILE + " SELECT 7 WHERE '{\"a\":1}'::jsonb ? 'a' AND '{d x}' = '{d x}'"));
        assertThat(affected).isEqualTo(1);
    }

    @Test
    void settingsEndWithTheTransaction() {
        TransactionSettings settings =
                new TransactionSettings(Duration.ofMillis(1500), Duration.ofSeconds(7), Duration.ofSeconds(9));
        String sql = "SELECT current_setting('lock_timeout') || ' ' || current_setting('statement_timeout') || ' '"
                + " || current_setting('idle_in_transaction_session_timeout') AS s";
        String during = database.transactions()
                .inTransaction(
                        settings, s -> s.queryOne(sql, r -> r.string("s")).orElseThrow());
        assertThat(during).isEqualTo("1500ms 7s 9s");
        String reactive = database.reactive()
                .inTransaction(settings, s -> s.query(sql, r -> r.string("s")).single())
                .block();
        assertThat(reactive).isEqualTo("1500ms 7s 9s");
        assertThat(database.reactive()
                        .readOnly(s -> s.query(sql, r -> r.string("s")))
                        .blockLast())
                .isEqualTo("0 0 0");
    }

    @Test
    void everyConnectionSaysWhoItIs() {
        assertThat(database.reactive()
                        .readOnly(s -> s.query("SHOW application_name", r -> r.string("application_name")))
                        .blockLast())
                .isEqualTo("athanor");
        assertThat(database.transactions()
                        .<String>autocommit(s -> s.queryOne("SHOW application_name", r -> r.string("application_name"))
                                .orElseThrow()))
                .isEqualTo("athanor");
    }

    @Test
    void tellsErrorsApart() {
        Transactions transactions = database.transactions();
        assertThatExceptionOfType(DatabaseException.class)
                .isThrownBy(() -> transactions.autocommit(s -> s.executeVerbatim("SELECT nothing_there")))
                .withMessageContaining("nothing_there")
                .withMessageContaining("SQLSTATE 42703, at character 8")
                .satisfies(e -> assertThat(e.category()).isEqualTo(SqlStateClass.OTHER))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.FAILED));
        server.jdbc().execute("INSERT INTO " + HOSTILE + " VALUES (1)");
        assertThatExceptionOfType(DatabaseException.class)
                .isThrownBy(
                        () -> transactions.autocommit(s -> s.executeVerbatim("INSERT INTO " + HOSTILE + " VALUES (1)")))
                .withMessageContaining("Detail: Key (id)=(1) already exists.")
                .satisfies(e -> assertThat(e.sqlState()).isEqualTo("23505"))
                .satisfies(e -> assertThat(e.category()).isEqualTo(SqlStateClass.DATA));
    }

    @Test
    void aTransactionThatFailedIsNeverCommitted() {
        assertThatExceptionOfType(DatabaseException.class)
                .isThrownBy(() -> database.transactions().inTransaction(TransactionSettings.SERVER_DEFAULTS, s -> {
                    try {
                        return s.executeVerbatim("SELECT 1/0");
                    } catch (DatabaseException e) {
                        return 0L;
                    }
                }))
                .satisfies(e -> assertThat(e.code()).isEqualTo("rolled_back"));
    }

    @Test
    void wrongAddressesFailFastWithCodeAndHint() throws IOException {
        assertThatExceptionOfType(DatabaseException.class)
                .isThrownBy(() -> open("postgresql://ann@localhost:" + freePort() + "/d"))
                .withMessageContaining("connection refused")
                .satisfies(e -> assertThat(e.code()).isEqualTo("connection_refused"))
                .satisfies(e -> assertThat(e.category()).isEqualTo(SqlStateClass.TRANSIENT));
        assertThatExceptionOfType(DatabaseException.class)
                .isThrownBy(() -> open("postgresql://ann@no-such-host.invalid/d"))
                .withMessageContaining("unknown host")
                .satisfies(e -> assertThat(e.code()).isEqualTo("connection_refused"));
        assertThatExceptionOfType(DatabaseException.class)
                .isThrownBy(() -> open(server.url().replace(server.name(), "no_such_database")))
                .withMessageContaining("'no_such_database'")
                .satisfies(e -> assertThat(e.code()).isEqualTo("unknown_database"))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.USAGE));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Test
    void missingRightsSaySo() {
        server.jdbc().execute("DROP ROLE IF EXISTS nobody_at_all; CREATE ROLE nobody_at_all");
        assertThatExceptionOfType(DatabaseException.class)
                .isThrownBy(() -> database.transactions().inTransaction(TransactionSettings.SERVER_DEFAULTS, s -> {
                    s.executeVerbatim("SET LOCAL ROLE nobody_at_all");
                    return s.executeVerbatim("DELETE FROM " + HOSTILE);
                }))
                .satisfies(e -> assertThat(e.code()).isEqualTo("insufficient_privilege"));
        server.jdbc().execute("DROP ROLE nobody_at_all");
    }
}
