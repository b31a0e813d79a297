package dev.athanor.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.sql.SqlStateClass;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.TestDatabase;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

@AthanorPostgres
class ReactiveTransactionsTest {
    private static final TransactionSettings SETTINGS =
            new TransactionSettings(Duration.ofSeconds(1), Duration.ofSeconds(20), Duration.ofSeconds(20));

    private final TestDatabase server;
    private final Database database;

    ReactiveTransactionsTest(TestDatabase server) {
        this.server = server;
        this.database = Database.open(ConnectionUrl.parse(server.url(), Map.of()), new PoolSettings(2, 1));
    }

    @BeforeEach
    void table() {
        server.jdbc().execute("DROP TABLE IF EXISTS t; CREATE TABLE t (id int PRIMARY KEY)");
    }

    @AfterEach
    void close() {
        database.close();
    }

    private ReactiveTransactions reactive() {
        return database.reactive();
    }

    private static Mono<Long> insert(ReactiveSession session, long id) {
        return session.execute("INSERT INTO t VALUES ($1::int)", id);
    }

    @Test
    void commitsBeforeItTellsTheResult() {
        reactive()
                .inTransaction(SETTINGS, s -> insert(s, 1))
                .as(StepVerifier::create)
                .assertNext(n -> assertThat(server.jdbc().number("SELECT count(*) FROM t"))
                        .isEqualTo(1))
                .verifyComplete();
    }

    @Test
    void statementsSubscribedTogetherRunInOrder() {
        Mono<Long> sum = reactive()
                .inTransaction(
                        SETTINGS,
                        s -> Flux.mergeSequential(
                                        insert(s, 1),
                                        insert(s, 2),
                                        s.query("SELECT count(*) AS n FROM t WHERE id > $1", r -> r.number("n"), 0)
                                                .single())
                                .last());
        StepVerifier.create(sum).expectNext(2L).verifyComplete();
    }

    @Test
    void anErrorRollsBackAndFreesTheConnection() {
        for (int i = 0; i < 3; i++) {
            reactive()
                    .inTransaction(SETTINGS, s -> insert(s, 1).then(s.execute("SELECT 1/0")))
                    .as(StepVerifier::create)
                    .verifyErrorSatisfies(
                            e -> assertThat(((DatabaseException) e).sqlState()).isEqualTo("22012"));
        }
        reactive()
                .inTransaction(SETTINGS, s -> insert(s, 1).then(Mono.error(new IllegalStateException("mine"))))
                .as(StepVerifier::create)
                .verifyErrorMessage("mine");
        assertThat(server.jdbc().number("SELECT count(*) FROM t")).isZero();
    }

    @Test
    void aSwallowedErrorIsNotCommitted() {
        reactive()
                .inTransaction(
                        SETTINGS, s -> insert(s, 1).then(s.execute("SELECT 1/0").onErrorReturn(0L)))
                .as(StepVerifier::create)
                .verifyErrorSatisfies(
                        e -> assertThat(((DatabaseException) e).code()).isEqualTo("rolled_back"));
        assertThat(server.jdbc().number("SELECT count(*) FROM t")).isZero();
    }

    @Test
    void cancellingEndsTheStatementAndFreesTheConnection() {
        Disposable running = reactive()
                .inTransaction(SETTINGS, s -> insert(s, 1).then(s.execute("SELECT pg_sleep(600)")))
                .subscribe();
        awaitSleeping(1);
        running.dispose();
        awaitSleeping(0);
        reactive().inTransaction(SETTINGS, s -> insert(s, 1)).block(Duration.ofSeconds(20));
        assertThat(server.jdbc().number("SELECT count(*) FROM t")).isEqualTo(1);
    }

    @Test
    void theSessionCanEndItsStatement() {
        AtomicReference<ReactiveSession> session = new AtomicReference<>();
        Mono<Long> work = reactive().inTransaction(SETTINGS, s -> {
            session.set(s);
            return s.execute("SELECT pg_sleep(600)");
        });
        StepVerifier.create(work)
                .then(() -> {
                    awaitSleeping(1);
                    Objects.requireNonNull(session.get()).cancel().block();
                })
                .verifyErrorSatisfies(
                        e -> assertThat(((DatabaseException) e).category()).isEqualTo(SqlStateClass.STATEMENT_TIMEOUT));
    }

    @Test
    void aLostConnectionIsTransient() {
        Mono<Long> work = reactive().inTransaction(SETTINGS, s -> s.execute("SELECT pg_sleep(600)"));
        StepVerifier.create(work)
                .then(() -> {
                    awaitSleeping(1);
                    server.jdbc()
                            .execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE"
                                    + " 'SELECT pg_sleep(600)%'");
                })
                .verifyErrorSatisfies(
                        e -> assertThat(((DatabaseException) e).category()).isEqualTo(SqlStateClass.TRANSIENT));
        reactive().inTransaction(SETTINGS, s -> insert(s, 1)).block(Duration.ofSeconds(20));
    }

    @Test
    void idleTooLongIsTransient() {
        TransactionSettings impatient = new TransactionSettings(null, null, Duration.ofMillis(50));
        reactive()
                .inTransaction(
                        impatient,
                        s -> insert(s, 1)
                                .then(Mono.fromRunnable(() -> Awaitility.await()
                                        .until(() -> server.jdbc()
                                                        .number("SELECT count(*) FROM pg_stat_activity WHERE"
                                                                + " application_name = 'athanor' AND state = 'idle in"
                                                                + " transaction'")
                                                == 0)))
                                .then(insert(s, 2)))
                .as(StepVerifier::create)
                .verifyErrorSatisfies(
                        e -> assertThat(((DatabaseException) e).category()).isEqualTo(SqlStateClass.TRANSIENT));
    }

    private void awaitSleeping(long expected) {
        Awaitility.await()
                .until(() -> server.jdbc()
                                .number("SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE"
                                        + " 'SELECT pg_sleep(600)%'")
                        == expected);
    }

    @Test
    void arraysArriveAsTheyAre() {
        String[] sent = {"plain", null, "", "NULL", "\"quoted\"", "{a,b}", "back\\slash", "käse \uD83E\uDDC0", " "};
        reactive()
                .readOnly(s -> s.query(
                        "SELECT x FROM unnest($1) WITH ORDINALITY AS u(x, n) ORDER BY n",
                        row -> Optional.ofNullable(row.text(0)),
                        (Object) sent))
                .collectList()
                .as(StepVerifier::create)
                .assertNext(read ->
                        assertThat(read.stream().map(x -> x.orElse(null))).containsExactly(sent))
                .verifyComplete();
    }

    @Test
    void emptyArrayIsEmpty() {
        reactive()
                .readOnly(s -> s.query("SELECT cardinality($1) AS n", row -> row.number("n"), (Object) new String[0]))
                .as(StepVerifier::create)
                .expectNext(0L)
                .verifyComplete();
    }
}
