package dev.athanor.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.ledger.Fence;
import dev.athanor.migration.PassingFaultException;
import dev.athanor.migration.RowTransform;
import dev.athanor.migration.RowView;
import dev.athanor.plan.Step.BackfillStep;
import dev.athanor.source.BackfillOptions;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Rows changed by a function in the JVM. */
@AthanorPostgres
class TransformTest {
    private static final int ROWS = 12_000;
    private EngineFixture fixture;
    private RowSteps steps;
    private Jdbc jdbc;

    @BeforeEach
    void open(TestDatabase database) {
        fixture = new EngineFixture(database.url());
        steps = new RowSteps(fixture);
        jdbc = database.jdbc();
        fixture.sql(
                "DROP TABLE IF EXISTS t",
                "CREATE TABLE t (id bigint PRIMARY KEY, n bigint NOT NULL DEFAULT 0, s text)",
                "INSERT INTO t SELECT i, i, 'Row ' || i FROM generate_series(1, " + ROWS + ") i");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    /** Not idempotent: a row that is done twice shows it. */
    private static Mono<Map<String, Long>> next(RowView row) {
        return Mono.just(Map.of("n", number(row) + 1));
    }

    private static long number(RowView row) {
        return Objects.requireNonNull(row.get("n", Long.class));
    }

    private BackfillStep counting(BackfillOptions options, RowTransform transform) {
        return steps.transform("t", List.of("n"), List.of("n"), options, transform);
    }

    @Test
    void every_row_is_changed_once() {
        List<BackfillEvent> events = fixture.run(counting(EngineFixture.options(500), TransformTest::next));
        assertThat(fixture.number("SELECT count(*) AS n FROM t WHERE n = id + 1"))
                .isEqualTo(ROWS);
        assertThat(EngineFixture.walked(events)).isEqualTo(ROWS);
        assertThat(EngineFixture.changed(events)).isEqualTo(ROWS);
    }

    @Test
    void rows_without_an_answer_stay_as_they_are() {
        BackfillOptions options =
                BackfillOptions.builder().chunkSize(700).where("id % 3 <> 0").build();
        BackfillStep step = steps.transform(
                "t",
                List.of("n", "s"),
                List.of("n", "s"),
                options,
                row -> number(row) % 2 == 0
                        ? Mono.empty()
                        : number(row) % 5 == 0 ? Mono.just(Map.of("s", "five")) : Mono.just(Map.of("n", -1)));
        List<BackfillEvent> events = fixture.run(step);
        assertThat(fixture.number("SELECT count(*) AS n FROM t WHERE"
                        + " (n = -1) <> (id % 3 <> 0 AND id % 2 <> 0 AND id % 5 <> 0)"))
                .isZero();
        assertThat(
                        fixture.number(
                                "SELECT count(*) AS n FROM t WHERE (s = 'five') <> (id % 3 <> 0 AND id % 2 <> 0 AND id % 5 = 0)"))
                .isZero();
        assertThat(EngineFixture.walked(events)).isEqualTo(ROWS);
    }

    @Test
    void chunks_stay_large_where_few_rows_are_transformed() {
        BackfillOptions options =
                BackfillOptions.builder().chunkSize(500).where("id = 6000").build();
        List<BackfillEvent> events = fixture.run(counting(options, TransformTest::next));
        assertThat(fixture.number("SELECT count(*) AS n FROM t WHERE n = id + 1"))
                .isEqualTo(1);
        assertThat(EngineFixture.walked(events)).isEqualTo(ROWS);
        assertThat(events)
                .filteredOn(BackfillEvent.ChunkCommitted.class::isInstance)
                .hasSizeLessThan(1000);
    }

    @Test
    void a_row_set_aside_that_is_kept_as_it_is_stays_there_when_it_is_tried_again(TestDatabase database) {
        AtomicBoolean broken = new AtomicBoolean(true);
        BackfillOptions options =
                BackfillOptions.builder().chunkSize(500).skipLimit(1L).build();
        BackfillStep step = counting(options, row -> {
            if (number(row) == 777 && broken.get()) {
                throw new IllegalStateException("no such subject");
            }
            return next(row);
        });
        fixture.run(step);
        broken.set(false);
        fixture.sql(
                "CREATE OR REPLACE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
                "CREATE TRIGGER keep BEFORE UPDATE ON t FOR EACH ROW WHEN (OLD.id = 777) EXECUTE FUNCTION keep()",
                "UPDATE athanor.quarantine SET retry = true");
        try (EngineFixture hasty =
                new EngineFixture(database.url(), EngineFixture.SETTINGS.withPatience(Duration.ofSeconds(1)))) {
            assertThat(hasty.run(step, new Fence(2), new StopSignal()))
                    .anySatisfy(event -> assertThat(event)
                            .isInstanceOfSatisfying(
                                    BackfillEvent.RowQuarantined.class,
                                    row -> assertThat(row.sqlState()).isEqualTo(RowFaultException.CHANGING)));
        }
    }

    @Test
    void chunks_of_large_rows_end_where_memory_does() {
        fixture.sql("DELETE FROM t WHERE id > 40", "UPDATE t SET s = repeat('x', 1000000)", "VACUUM ANALYZE t");
        BackfillOptions options = BackfillOptions.builder()
                .chunkSize(500)
                .where("id <> 20")
                .workers(1)
                .build();
        List<BackfillEvent> events =
                fixture.run(steps.transform("t", List.of("n", "s"), List.of("n"), options, TransformTest::next));
        assertThat(fixture.number("SELECT count(*) AS n FROM t WHERE n = id + 1"))
                .isEqualTo(39);
        assertThat(EngineFixture.walked(events)).isEqualTo(40);
        assertThat(events).allSatisfy(event -> {
            if (event instanceof BackfillEvent.ChunkCommitted chunk) {
                assertThat(chunk.rowsWalked()).isLessThan(20);
            }
        });
    }

    @Test
    void a_long_row_among_short_ones_is_done_with_them() {
        fixture.sql("UPDATE t SET s = repeat('x', 200000) WHERE id = 700", "UPDATE t SET s = NULL WHERE id % 7 = 1");
        Map<Long, Integer> lengths = new ConcurrentHashMap<>();
        List<BackfillEvent> events =
                fixture.run(steps.transform("t", List.of("n", "s"), List.of("n"), EngineFixture.options(500), row -> {
                    String text = row.text("s");
                    lengths.put(number(row), text == null ? -1 : text.length());
                    return next(row);
                }));
        assertThat(fixture.number("SELECT count(*) AS n FROM t WHERE n = id + 1"))
                .isEqualTo(ROWS);
        assertThat(EngineFixture.walked(events)).isEqualTo(ROWS);
        assertThat(lengths)
                .hasSize(ROWS)
                .containsEntry(700L, 200_000)
                .containsEntry(701L, -1)
                .containsEntry(706L, 7);
    }

    @Test
    void keys_of_several_columns_come_back_as_they_are() {
        fixture.sql(
                "DROP TABLE IF EXISTS k",
                "CREATE TABLE k (a int, b text, c timestamptz, d smallint, n bigint NOT NULL, PRIMARY KEY (a, b, c, d))",
                "INSERT INTO k SELECT i % 7, 'key ''' || i % 3, timestamptz '2024-02-29 12:00:00.123456+05:30'"
                        + " + i % 5 * interval '1 microsecond', i % 11, i FROM generate_series(0, 1154) i",
                "INSERT INTO k VALUES (-1, '', 'infinity', -32768, -1)",
                "ANALYZE k");
        List<BackfillEvent> events = fixture.run(steps.transform(
                "k", List.of("n", "a", "d"), List.of("n"), EngineFixture.options(100), TransformTest::next));
        assertThat(EngineFixture.changed(events)).isEqualTo(1156);
        assertThat(fixture.number("SELECT count(*) AS n FROM k WHERE n = 0 AND c = 'infinity'"))
                .isEqualTo(1);
        assertThat(fixture.number("SELECT count(DISTINCT n) AS n FROM k WHERE n BETWEEN 1 AND 1155 AND (n - 1) % 7 = a"
                        + " AND (n - 1) % 11 = d"))
                .isEqualTo(1155);
    }

    @Test
    void nothing_of_an_application_that_writes_meanwhile_is_lost() {
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger increments = new AtomicInteger();
        Thread application = new Thread(() -> {
            while (!done.get()) {
                increments.addAndGet(
                        jdbc.update("UPDATE t SET n = n + 1000000 WHERE id = ?", 1 + increments.get() * 37L % ROWS));
            }
        });
        application.start();
        try {
            Awaitility.await().until(() -> increments.get() > 0);
            fixture.run(counting(EngineFixture.options(200), TransformTest::next));
        } finally {
            done.set(true);
        }
        Awaitility.await().until(() -> !application.isAlive());
        assertThat(fixture.number("SELECT (sum(n) - sum(id) - count(*)) / 1000000 AS n FROM t"))
                .isEqualTo(increments.get());
        assertThat(fixture.number("SELECT count(*) AS n FROM t WHERE (n - id) % 1000000 <> 1"))
                .isZero();
    }

    @Test
    void rows_changed_or_gone_in_between_are_transformed_again_or_left() {
        AtomicBoolean meddled = new AtomicBoolean();
        Map<Long, Integer> asked = new ConcurrentHashMap<>();
        BackfillStep step = counting(EngineFixture.options(ROWS), row -> {
            long n = number(row);
            asked.merge(n, 1, Integer::sum);
            if (n == 50 && meddled.compareAndSet(false, true)) {
                jdbc.execute("UPDATE t SET n = 0 WHERE id = 10; DELETE FROM t WHERE id IN (20, 30);"
                        + " UPDATE t SET s = 'other' WHERE id = 40");
            }
            return next(row);
        });
        List<BackfillEvent> events = fixture.run(step);
        assertThat(asked)
                .containsEntry(0L, 1)
                .containsEntry(40L, 1)
                .allSatisfy((n, times) -> assertThat(times).isEqualTo(1));
        assertThat(fixture.number("SELECT n FROM t WHERE id = 10")).isEqualTo(1);
        assertThat(fixture.number("SELECT count(*) AS n FROM t WHERE n = id + 1"))
                .isEqualTo(ROWS - 3);
        assertThat(EngineFixture.changed(events)).isEqualTo(ROWS - 2);
    }

    @Test
    void a_change_of_another_column_is_no_change() {
        AtomicBoolean meddled = new AtomicBoolean();
        AtomicInteger asked = new AtomicInteger();
        BackfillStep step = counting(EngineFixture.options(ROWS), row -> {
            asked.incrementAndGet();
            if (meddled.compareAndSet(false, true)) {
                jdbc.execute("UPDATE t SET s = 'other' WHERE id = 40");
            }
            return next(row);
        });
        List<BackfillEvent> events = fixture.run(step);
        assertThat(events).noneMatch(BackfillEvent.ChunkShrunk.class::isInstance);
        assertThat(asked).hasValue(ROWS);
        assertThat(fixture.number("SELECT count(*) AS n FROM t WHERE n = id + 1"))
                .isEqualTo(ROWS);
        assertThat(fixture.text("SELECT s AS t FROM t WHERE id = 40")).isEqualTo("other");
    }

    @Test
    void a_role_with_rights_on_columns_alone_is_enough(TestDatabase database) {
        fixture.sql(
                "DROP ROLE IF EXISTS clerk",
                "CREATE ROLE clerk LOGIN PASSWORD 'clerk'",
                "GRANT SELECT (id, n), UPDATE (n) ON t TO clerk",
                "GRANT USAGE ON SCHEMA athanor TO clerk",
                "GRANT ALL ON ALL TABLES IN SCHEMA athanor TO clerk",
                "GRANT ALL ON ALL SEQUENCES IN SCHEMA athanor TO clerk",
                "ANALYZE t");
        BackfillStep step = counting(EngineFixture.options(ROWS), TransformTest::next);
        try (EngineFixture clerk = fixture.at(database.url().replaceFirst("//[^@]*@", "//clerk:clerk@"))) {
            clerk.run(step);
        }
        assertThat(fixture.number("SELECT count(*) AS n FROM t WHERE n = id + 1"))
                .isEqualTo(ROWS);
    }

    @Test
    void rows_of_partitions_are_known_by_their_versions_too() {
        fixture.sql(
                "DROP TABLE IF EXISTS p",
                "CREATE TABLE p (id bigint PRIMARY KEY, n bigint NOT NULL) PARTITION BY RANGE (id)",
                "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (600)",
                "CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (600) TO (2000)",
                "INSERT INTO p SELECT i, i FROM generate_series(1, 1000) i");
        AtomicBoolean meddled = new AtomicBoolean();
        BackfillStep step = steps.transform("p", List.of("n"), List.of("n"), EngineFixture.options(1000), row -> {
            if (meddled.compareAndSet(false, true)) {
                jdbc.execute("UPDATE p SET n = n + 1000000 WHERE id = 700");
            }
            return next(row);
        });
        assertThat(EngineFixture.changed(fixture.run(step))).isEqualTo(1000);
        assertThat(fixture.number("SELECT count(*) AS n FROM p WHERE n % 1000000 = id + 1"))
                .isEqualTo(1000);
        assertThat(fixture.number("SELECT n FROM p WHERE id = 700")).isEqualTo(1_000_701);
    }

    @Test
    void a_row_that_changes_all_the_time_makes_chunks_smaller_and_is_done_in_the_end() {
        AtomicInteger left = new AtomicInteger(20);
        BackfillStep step = counting(EngineFixture.options(400), row -> {
            if (number(row) % 1_000_000 == 7 && left.getAndDecrement() > 0) {
                jdbc.execute("UPDATE t SET n = n + 1000000 WHERE id = 7");
            }
            return next(row);
        });
        List<BackfillEvent> events = fixture.run(step);
        assertThat(events)
                .anySatisfy(event -> assertThat(event)
                        .isInstanceOfSatisfying(
                                BackfillEvent.ChunkShrunk.class,
                                shrunk -> assertThat(shrunk.sqlState()).isEqualTo(RowFaultException.CHANGING)));
        assertThat(fixture.number("SELECT n FROM t WHERE id = 7")).isEqualTo(20_000_008);
        assertThat(fixture.number("SELECT count(*) AS n FROM t WHERE n % 1000000 = id + 1"))
                .isEqualTo(ROWS);
    }

    @Test
    void a_row_whose_transform_fails_is_named_or_set_aside_and_tried_again() {
        AtomicBoolean broken = new AtomicBoolean(true);
        RowTransform transform = row -> {
            if (number(row) == 777 && broken.get()) {
                throw new IllegalStateException("no such subject");
            }
            return next(row);
        };
        BackfillStep strict = counting(EngineFixture.options(500), transform);
        assertThatThrownBy(() -> fixture.run(strict))
                .isInstanceOf(BackfillFailedException.class)
                .hasMessageContaining("row with key (777)")
                .hasMessageContaining("no such subject");
        assertThat(fixture.text("SELECT sqlstate || ' ' || failed_key[1] AS t FROM athanor.backfill_range"
                        + " WHERE state = 'failed'"))
                .isEqualTo("AT001 777");
        assertThat(fixture.number("SELECT count(*) AS n FROM t WHERE n = id + 1"))
                .isGreaterThanOrEqualTo(776);

        BackfillOptions lenient =
                BackfillOptions.builder().chunkSize(500).skipLimit(1L).build();
        BackfillStep again = new BackfillStep(
                strict.revision(),
                0,
                "fill",
                "test",
                strict.table(),
                List.of(),
                lenient,
                strict.template(),
                strict.work());
        List<BackfillEvent> events = fixture.run(again, new Fence(2), new StopSignal());
        assertThat(events)
                .anySatisfy(event -> assertThat(event)
                        .isInstanceOfSatisfying(BackfillEvent.RowQuarantined.class, row -> {
                            assertThat(row.key()).containsExactly("777");
                            assertThat(row.sqlState()).isEqualTo("AT001");
                        }));
        assertThat(fixture.number("SELECT count(*) AS n FROM t WHERE n = id + 1"))
                .isEqualTo(ROWS - 1);

        broken.set(false);
        fixture.sql("UPDATE athanor.quarantine SET retry = true");
        assertThat(fixture.run(again, new Fence(3), new StopSignal()))
                .anyMatch(BackfillEvent.RowReleased.class::isInstance);
        assertThat(fixture.number("SELECT count(*) AS n FROM t WHERE n = id + 1"))
                .isEqualTo(ROWS);
    }

    @Test
    void values_that_the_server_refuses_are_bisected_to_their_row() {
        fixture.sql("ALTER TABLE t ADD CONSTRAINT not_this CHECK (n <> 4001) NOT VALID");
        BackfillOptions lenient =
                BackfillOptions.builder().chunkSize(300).skipLimit(1L).build();
        List<BackfillEvent> events = fixture.run(counting(lenient, TransformTest::next));
        assertThat(events)
                .anySatisfy(event -> assertThat(event)
                        .isInstanceOfSatisfying(BackfillEvent.RowQuarantined.class, row -> {
                            assertThat(row.key()).containsExactly("4000");
                            assertThat(row.sqlState()).isEqualTo("23514");
                        }));
        assertThat(fixture.number("SELECT count(*) AS n FROM t WHERE n = id + 1"))
                .isEqualTo(ROWS - 1);
    }

    @Test
    void a_passing_fault_is_waited_for() {
        AtomicInteger down = new AtomicInteger(4);
        List<BackfillEvent> events = fixture.run(counting(
                EngineFixture.options(500),
                row -> number(row) == 900 && down.getAndDecrement() > 0
                        ? Mono.error(new PassingFaultException("503"))
                        : next(row)));
        assertThat(events)
                .anySatisfy(event -> assertThat(event)
                        .isInstanceOfSatisfying(
                                BackfillEvent.ChunkRetried.class,
                                retried -> assertThat(retried.sqlState()).isEqualTo(RowFaultException.PASSING)));
        assertThat(fixture.number("SELECT count(*) AS n FROM t WHERE n = id + 1"))
                .isEqualTo(ROWS);
    }

    @Test
    void a_stop_gives_up_what_is_being_transformed() {
        StopSignal stop = new StopSignal();
        Set<Long> waiting = ConcurrentHashMap.newKeySet();
        BackfillStep step = counting(EngineFixture.options(500), row -> {
            waiting.add(number(row));
            if (waiting.size() > 5) {
                stop.request();
            }
            return Mono.never();
        });
        fixture.run(step, new Fence(1), stop);
        assertThat(fixture.number("SELECT count(*) AS n FROM t WHERE n <> id")).isZero();
        BackfillStep goesOn = counting(EngineFixture.options(500), TransformTest::next);
        fixture.run(goesOn);
        assertThat(fixture.number("SELECT count(*) AS n FROM t WHERE n = id + 1"))
                .isEqualTo(ROWS);
    }

    @Test
    void columns_and_keys_that_cannot_be_written_are_refused() {
        fixture.sql(
                "DROP TABLE IF EXISTS g, keyless",
                "CREATE TABLE g (id int PRIMARY KEY, a int, b int GENERATED ALWAYS AS (a + 1) STORED)",
                "CREATE TABLE keyless (a int)");
        refused(
                steps.transform("g", List.of("a"), List.of("b"), BackfillOptions.NONE, TransformTest::next),
                "generates");
        refused(steps.transform("g", List.of("a"), List.of("id"), BackfillOptions.NONE, TransformTest::next), "\"id\"");
        refused(steps.transform("g", List.of("x"), List.of("a"), BackfillOptions.NONE, TransformTest::next), "\"x\"");
        refused(
                steps.transform("keyless", List.of("a"), List.of("a"), BackfillOptions.NONE, TransformTest::next),
                "no unique key");
    }

    private void refused(BackfillStep step, String why) {
        assertThatThrownBy(() -> fixture.run(step))
                .isInstanceOf(BackfillRefusedException.class)
                .hasMessageContaining(why.replace("\"id\"", "id"));
    }
}
