package dev.athanor.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.ledger.Fence;
import dev.athanor.ledger.FencedOffException;
import dev.athanor.plan.Step.BackfillStep;
import dev.athanor.source.BackfillOptions;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** Lost sessions, locked rows, newer owners. A statement that is not idempotent shows every row done once. */
@AthanorPostgres
class FaultsTest {
    private static final int ROWS = 30_000;
    private EngineFixture fixture;
    private Jdbc jdbc;

    @BeforeEach
    void open(TestDatabase database) {
        fixture = new EngineFixture(database.url());
        jdbc = database.jdbc();
        fixture.sql(
                "DROP TABLE IF EXISTS t",
                "CREATE TABLE t (id bigint PRIMARY KEY, n int NOT NULL DEFAULT 0)",
                "INSERT INTO t SELECT i FROM generate_series(1, " + ROWS + ") i");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private BackfillStep step(int chunk) {
        return fixture.step("t", "UPDATE t SET n = n + 1 WHERE ${chunk}", EngineFixture.options(chunk));
    }

    private void everyRowOnce() {
        assertThat(fixture.number("SELECT count(*) AS n FROM t WHERE n = 1")).isEqualTo(ROWS);
    }

    @Test
    void sessions_that_the_server_ends_are_replaced() {
        AtomicInteger chunks = new AtomicInteger();
        BackfillStep step = step(100);
        List<BackfillEvent> events = fixture.engine
                .prepare(step, new Fence(1))
                .flatMapMany(prepared -> fixture.engine.run(prepared, new Fence(1), new StopSignal()))
                .publishOn(Schedulers.boundedElastic(), 1)
                .doOnNext(event -> {
                    if (chunks.incrementAndGet() % 40 == 0) {
                        terminateOthers();
                    }
                })
                .collectList()
                .block(Duration.ofMinutes(2));
        everyRowOnce();
        assertThat(events).isNotNull();
        assertThat(events).anyMatch(BackfillEvent.ChunkRetried.class::isInstance);
        assertThat(EngineFixture.walked(events)).isEqualTo(ROWS);
    }

    private void terminateOthers() {
        jdbc.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'");
    }

    @Test
    void a_row_lock_of_the_application_stops_its_own_range_only() throws Exception {
        BackfillOptions options = BackfillOptions.builder()
                .chunkSize(500)
                .workers(2)
                .lockTimeout(Duration.ofMillis(50))
                .build();
        BackfillStep step = fixture.step("t", "UPDATE t SET n = n + 1 WHERE ${chunk}", options);
        CompletableFuture<List<BackfillEvent>> done;
        try (Connection application = jdbc.connect()) {
            application.setAutoCommit(false);
            try (Statement statement = application.createStatement()) {
                statement.execute("SELECT FROM t WHERE id = 1 FOR UPDATE");
            }
            done = CompletableFuture.supplyAsync(() -> fixture.run(step));
            Awaitility.await("all other ranges are done")
                    .atMost(Duration.ofMinutes(1))
                    .until(() ->
                            fixture.number("SELECT count(*) AS n FROM athanor.backfill_range WHERE state <> 'done'")
                                            == 1
                                    && fixture.number("SELECT count(*) AS n FROM athanor.backfill_range") > 1);
            assertThat(done).isNotDone();
            application.rollback();
        }
        assertThat(done.join())
                .anySatisfy(event -> assertThat(event)
                        .isInstanceOfSatisfying(
                                BackfillEvent.ChunkRetried.class,
                                retried -> assertThat(retried.cause()).contains("55P03")));
        everyRowOnce();
    }

    @Test
    void who_holds_an_older_fence_writes_nothing_more() {
        BackfillStep step = step(100);
        var old = fixture.engine.prepare(step, new Fence(1)).block();
        assertThat(old).isNotNull();
        Flux<BackfillEvent> paused = fixture.engine.run(old, new Fence(1), new StopSignal());
        assertThat(paused.take(3).collectList().block()).hasSize(3);

        fixture.engine.prepare(step, new Fence(2)).block();
        long before = fixture.number("SELECT sum(n) AS n FROM t");
        assertThatThrownBy(() ->
                        fixture.engine.run(old, new Fence(1), new StopSignal()).blockLast())
                .isInstanceOfSatisfying(
                        FencedOffException.class, e -> assertThat(e.ours()).isEqualTo(1));
        assertThat(fixture.number("SELECT sum(n) AS n FROM t")).isEqualTo(before);

        fixture.run(step, new Fence(2), new StopSignal());
        everyRowOnce();
    }

    @Test
    void an_older_fence_cannot_take_ranges_back() {
        BackfillStep step = step(100);
        fixture.engine.prepare(step, new Fence(5)).block();
        var late = fixture.engine.prepare(step, new Fence(4)).block();
        assertThat(late).isNotNull();
        assertThatThrownBy(() ->
                        fixture.engine.run(late, new Fence(4), new StopSignal()).blockLast())
                .isInstanceOfSatisfying(
                        FencedOffException.class, e -> assertThat(e.ours()).isEqualTo(4));
        assertThat(fixture.number("SELECT count(*) AS n FROM t WHERE n <> 0")).isZero();
    }

    @Test
    void two_owners_that_begin_at_once_walk_the_same_ranges() {
        BackfillStep step = step(100);
        var both = Flux.range(1, 8)
                .flatMap(owner -> fixture.engine.prepare(step, new Fence(owner)), 8)
                .collectList()
                .block();
        assertThat(both).isNotNull();
        assertThat(both.stream().map(PreparedBackfill::id).distinct()).hasSize(1);
        fixture.run(step, new Fence(9), new StopSignal());
        everyRowOnce();
    }

    @Test
    void a_cursor_that_lags_behind_the_ledger_is_settled_by_the_ledger() {
        BackfillStep step = step(100);
        Fence fence = new Fence(1);
        var stale = fixture.engine.prepare(step, fence).block();
        assertThat(stale).isNotNull();
        assertThat(fixture.engine
                        .run(stale, fence, new StopSignal())
                        .take(10)
                        .collectList()
                        .block())
                .hasSize(10);
        // the same prepared object still believes that every range is at its beginning
        List<BackfillEvent> rest =
                fixture.engine.run(stale, fence, new StopSignal()).collectList().block();
        everyRowOnce();
        assertThat(EngineFixture.walked(rest == null ? List.of() : rest)).isEqualTo(ROWS);
    }

    @Test
    void retries_can_be_bounded() throws Exception {
        BackfillOptions once = BackfillOptions.builder()
                .chunkSize(500)
                .workers(1)
                .lockTimeout(Duration.ofMillis(20))
                .retries(1)
                .build();
        BackfillStep step = fixture.step("t", "UPDATE t SET n = n + 1 WHERE ${chunk}", once);
        try (Connection application = jdbc.connect()) {
            application.setAutoCommit(false);
            try (Statement statement = application.createStatement()) {
                statement.execute("SELECT FROM t WHERE id = 1 FOR UPDATE");
            }
            assertThatThrownBy(() -> fixture.run(step)).isInstanceOf(BackfillFailedException.class);
        }
        fixture.run(step, new Fence(2), new StopSignal());
        everyRowOnce();
    }
}
