package dev.athanor.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.backfill.BackfillEvent.ChunkCommitted;
import dev.athanor.catalog.TablePicture;
import dev.athanor.ledger.BackfillLedger.StoredRange;
import dev.athanor.ledger.Fence;
import dev.athanor.plan.Step.BackfillStep;
import dev.athanor.postgres.CatalogReader;
import dev.athanor.postgres.TransactionSettings;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.MutableClock;
import dev.athanor.testkit.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Schedulers;

/** When the planner is asked, and what becomes of a backfill that would read its table with each chunk. */
@AthanorPostgres
class ScanGuardTest {
    private static final int ROWS = 20_000;
    private static final String HOSTILE = "\"tick\"\"ets; drop\"";

    private final TestDatabase server;
    private EngineFixture fixture;

    ScanGuardTest(TestDatabase server) {
        this.server = server;
    }

    @BeforeEach
    void open() {
        fixture = new EngineFixture(server.url());
        fixture.sql(
                "DROP TABLE IF EXISTS " + HOSTILE + " CASCADE",
                "CREATE TABLE " + HOSTILE + " (id bigint PRIMARY KEY, n int NOT NULL DEFAULT 0)"
                        + " WITH (autovacuum_enabled = off)",
                "INSERT INTO " + HOSTILE + " SELECT i FROM generate_series(1, " + ROWS + ") i",
                "ANALYZE " + HOSTILE);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private BackfillStep step(String condition) {
        return fixture.step(HOSTILE, "UPDATE " + HOSTILE + " SET n = n + 1 WHERE " + condition);
    }

    private void check(BackfillStep step) {
        TablePicture table = new CatalogReader(fixture.database.reactive(), TransactionSettings.LEDGER)
                .read(step.table())
                .block();
        assertThat(table).isNotNull();
        Walk walk = new Walk(step, table, WalkRules.key(step, table));
        StoredRange all = new StoredRange(0, null, List.of("1000000000"), null, false, 0, 0);
        new ScanGuard(fixture.database.reactive(), TransactionSettings.LEDGER)
                .check(step, new Subject(fixture.database.reactive(), walk, null), List.of(all))
                .block();
    }

    @Test
    void statistics_that_mislead_the_planner_are_made_anew_before_it_is_believed() {
        // by the statistics all keys are below the end of the first chunk
        fixture.sql(
                "DELETE FROM " + HOSTILE,
                "INSERT INTO " + HOSTILE + " SELECT i * 100 FROM generate_series(1, " + ROWS + ") i");
        List<String> plan = fixture.database
                .transactions()
                .autocommit(session -> session.query(
                        "EXPLAIN UPDATE " + HOSTILE + " SET n = 1 WHERE id <= 100000",
                        row -> row.string("QUERY PLAN")));
        assertThat(plan).anyMatch(line -> line.contains("Seq Scan"));
        check(step("${chunk}"));
        assertThat(fixture.number("SELECT count(*) AS n FROM pg_stats WHERE attname = 'id'"
                        + " AND (histogram_bounds::text::bigint[])[2] > 10000"))
                .isPositive();
    }

    @Test
    void what_scans_with_good_statistics_is_refused() {
        assertThatThrownBy(() -> check(step("(${chunk} OR n < 0)")))
                .isInstanceOfSatisfying(
                        BackfillRefusedException.class,
                        e -> assertThat(e.code()).isEqualTo("chunk_scans_table"));
    }

    @Test
    void a_chunk_far_slower_than_usual_is_looked_into_and_the_run_ends_resumable() {
        BackfillStep step = fixture.step(
                HOSTILE, "UPDATE " + HOSTILE + " SET n = n + 1 WHERE ${chunk}", EngineFixture.options(100));
        AtomicInteger chunks = new AtomicInteger();
        assertThatThrownBy(() -> fixture.engine
                        .prepare(step, new Fence(1))
                        .flatMapMany(prepared -> fixture.engine.run(prepared, new Fence(1), new StopSignal()))
                        .publishOn(Schedulers.boundedElastic(), 1)
                        .filter(ChunkCommitted.class::isInstance)
                        .doOnNext(event -> {
                            if (chunks.incrementAndGet() == 10) {
                                loseTheIndex();
                            }
                        })
                        .blockLast(Duration.ofMinutes(2)))
                .isInstanceOfSatisfying(AthanorException.class, e -> {
                    assertThat(e.kind()).isEqualTo(FailureKind.FAILED);
                    assertThat(e.code()).isEqualTo("chunk_scans_table");
                    assertThat(e.hint()).contains("athanor resume " + step.revision());
                });
        assertThat(fixture.number("SELECT count(*) AS n FROM " + HOSTILE + " WHERE n = 0"))
                .isPositive();

        fixture.sql(
                "DROP TRIGGER slow ON " + HOSTILE,
                "ALTER TABLE " + HOSTILE + " ADD PRIMARY KEY (id)",
                "ANALYZE " + HOSTILE);
        fixture.run(step, new Fence(2), new StopSignal());
        assertThat(fixture.number("SELECT count(*) AS n FROM " + HOSTILE + " WHERE n = 1"))
                .isEqualTo(ROWS);
    }

    /** The trigger stands for the hours that a scan of a real table takes. */
    private void loseTheIndex() {
        fixture.sql(
                "ALTER TABLE " + HOSTILE + " DROP CONSTRAINT \"tick\"\"ets; drop_pkey\"",
                "CREATE OR REPLACE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql"
                        + " AS 'BEGIN PERFORM pg_sleep(3); RETURN NULL; END'",
                "CREATE TRIGGER slow BEFORE UPDATE ON " + HOSTILE + " FOR EACH STATEMENT EXECUTE FUNCTION slowly()");
    }

    @Test
    void asks_at_most_once_a_minute_and_knows_what_is_usual_first() {
        MutableClock clock = MutableClock.at("2026-01-01T00:00:00Z");
        ScanWatch watch = new ScanWatch(clock);
        for (int i = 0; i < 5; i++) {
            assertThat(watch.isSuspicious(chunk(i == 0 ? 30 : 10))).isFalse();
        }
        assertThat(watch.isSuspicious(chunk(99))).isFalse();
        assertThat(watch.isSuspicious(chunk(5_000))).isTrue();
        assertThat(watch.isSuspicious(chunk(5_000))).isFalse();
        clock.advance(ScanWatch.BETWEEN);
        assertThat(watch.isSuspicious(chunk(5_000))).isTrue();
        clock.advance(ScanWatch.BETWEEN);
        assertThat(watch.isSuspicious(chunk(10))).isFalse();
    }

    private static ChunkCommitted chunk(long millis) {
        return new ChunkCommitted(1, 0, List.of("1"), 500, 500, Duration.ofMillis(millis));
    }
}
