package dev.athanor.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.ledger.Fence;
import dev.athanor.source.BackfillOptions;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.TestDatabase;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Flux;

/** Empty tables, gaps, ends, statements of all kinds, and what is refused. */
@AthanorPostgres
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WalkEdgesTest {
    private EngineFixture fixture;

    @BeforeAll
    void open(TestDatabase database) {
        fixture = new EngineFixture(database.url());
    }

    @AfterAll
    void close() {
        fixture.close();
    }

    @BeforeEach
    void fresh() {
        fixture.sql(
                "DROP TABLE IF EXISTS t, archive",
                "CREATE TABLE t (id bigint PRIMARY KEY, other int, n int NOT NULL DEFAULT 0)");
    }

    private void rows(long number) {
        fixture.sql("INSERT INTO t SELECT i, i FROM generate_series(1, " + number + ") i");
    }

    @Test
    void an_empty_table_is_done_at_once() {
        assertThat(fixture.run(fixture.step("t", "UPDATE t SET n = n + 1 WHERE ${chunk}")))
                .noneMatch(BackfillEvent.OfRange.class::isInstance);
        assertThat(fixture.text("SELECT state AS t FROM athanor.backfill ORDER BY id DESC LIMIT 1"))
                .isEqualTo("done");
    }

    @Test
    void an_empty_table_without_a_key_is_done_at_once() {
        fixture.sql("DROP TABLE t", "CREATE TABLE t (a int, n int DEFAULT 0)");
        assertThat(fixture.run(fixture.step("t", "DELETE FROM t WHERE ${chunk}")))
                .isEmpty();
    }

    @Test
    void one_row_is_a_table_too() {
        rows(1);
        assertThat(EngineFixture.changed(fixture.run(fixture.step("t", "UPDATE t SET n = n + 1 WHERE ${chunk}"))))
                .isEqualTo(1);
    }

    @Test
    void a_hole_far_larger_than_a_chunk_is_no_end() {
        rows(3_000);
        fixture.sql(
                "DELETE FROM t WHERE id BETWEEN 100 AND 2900",
                "INSERT INTO t SELECT i, i FROM generate_series(1000000000, 1000002000) i");
        long all = fixture.number("SELECT count(*) AS n FROM t");
        fixture.run(fixture.step("t", "UPDATE t SET n = n + 1 WHERE ${chunk}", EngineFixture.options(10)));
        assertThat(fixture.number("SELECT count(*) AS n FROM t WHERE n = 1")).isEqualTo(all);
    }

    @Test
    void the_end_is_frozen_when_the_backfill_begins() {
        rows(2_000);
        var step = fixture.step("t", "UPDATE t SET n = n + 1 WHERE ${chunk}");
        Fence fence = new Fence(1);
        var prepared = fixture.engine.prepare(step, fence).block();
        fixture.sql("INSERT INTO t SELECT i, i FROM generate_series(2001, 2500) i");
        assertThat(prepared).isNotNull();
        fixture.engine.run(prepared, fence, new StopSignal()).blockLast();
        assertThat(fixture.number("SELECT max(id) AS n FROM t WHERE n = 1")).isEqualTo(2_000);
        assertThat(fixture.number("SELECT count(*) AS n FROM t WHERE n = 0")).isEqualTo(500);
    }

    @Test
    void rows_are_copied_once() {
        rows(5_000);
        fixture.sql("CREATE TABLE archive (id bigint)");
        var events = fixture.run(fixture.step(
                "t", "INSERT INTO archive SELECT x.id FROM t AS x WHERE ${chunk} AND other % 5 = 0".replace("x.", "")));
        assertThat(fixture.number("SELECT count(*) AS n FROM archive")).isEqualTo(1_000);
        assertThat(fixture.number("SELECT count(DISTINCT id) AS n FROM archive"))
                .isEqualTo(1_000);
        assertThat(EngineFixture.changed(events)).isEqualTo(1_000);
    }

    @Test
    void rows_are_moved_by_a_statement_with_a_cte() {
        rows(5_000);
        fixture.sql("CREATE TABLE archive (id bigint)");
        fixture.run(
                fixture.step(
                        "t",
                        "WITH gone AS (DELETE FROM t WHERE ${chunk} AND other > 4000 RETURNING id) INSERT INTO archive SELECT id FROM gone"));
        assertThat(fixture.number("SELECT count(*) AS n FROM archive")).isEqualTo(1_000);
        assertThat(fixture.number("SELECT count(*) AS n FROM t")).isEqualTo(4_000);
    }

    @Test
    void rows_that_vanish_ahead_of_the_walk_do_no_harm() {
        rows(4_000);
        var step = fixture.step("t", "UPDATE t SET n = n + 1 WHERE ${chunk}", EngineFixture.options(100));
        Fence fence = new Fence(1);
        var prepared = fixture.engine.prepare(step, fence).block();
        fixture.sql("DELETE FROM t WHERE id % 1000 > 500 OR id = 4000");
        assertThat(prepared).isNotNull();
        fixture.engine.run(prepared, fence, new StopSignal()).blockLast();
        assertThat(fixture.number("SELECT count(*) AS n FROM t WHERE n <> 1")).isZero();
    }

    @Test
    void stop_ends_at_a_commit_and_the_next_run_goes_on_from_there() {
        rows(20_000);
        var step = fixture.step("t", "UPDATE t SET n = n + 1 WHERE ${chunk}", EngineFixture.options(200));
        StopSignal stop = new StopSignal();
        var prepared = fixture.engine.prepare(step, new Fence(1)).block();
        assertThat(prepared).isNotNull();
        fixture.engine
                .run(prepared, new Fence(1), stop)
                .ofType(BackfillEvent.ChunkCommitted.class)
                .doOnNext(chunk -> stop.request())
                .blockLast();
        long first = fixture.number("SELECT count(*) AS n FROM t WHERE n = 1");
        assertThat(first).isBetween(200L, 10_000L);
        assertThat(fixture.text("SELECT state AS t FROM athanor.backfill ORDER BY id DESC LIMIT 1"))
                .isEqualTo("stopped");

        long rest = EngineFixture.walked(fixture.run(step, new Fence(2), new StopSignal()));

        assertThat(rest).isEqualTo(20_000 - first);
        assertThat(fixture.number("SELECT count(*) AS n FROM t WHERE n = 1")).isEqualTo(20_000);
    }

    @Test
    void chunk_records_are_pruned() {
        rows(9_000);
        fixture.run(fixture.step("t", "UPDATE t SET n = n + 1 WHERE ${chunk}", EngineFixture.options(10)));
        assertThat(fixture.number("SELECT max(c) AS n FROM (SELECT count(*) AS c FROM athanor.backfill_chunk"
                        + " WHERE backfill_id = (SELECT max(id) FROM athanor.backfill) GROUP BY range_no) x"))
                .isBetween(1L, 128L);
    }

    @Test
    void the_rate_is_a_hard_cap_and_says_so() {
        rows(600);
        BackfillOptions slow =
                BackfillOptions.builder().maxRowsPerSecond(2_000L).workers(2).build();
        fixture.run(fixture.step("t", "UPDATE t SET n = n + 1 WHERE ${chunk}", slow));
        assertThat(fixture.number("SELECT max(rows_walked) AS n FROM athanor.backfill_chunk WHERE backfill_id ="
                        + " (SELECT max(id) FROM athanor.backfill)"))
                .isLessThanOrEqualTo(500);
        assertThat(fixture.number("SELECT count(*) AS n FROM t WHERE n = 1")).isEqualTo(600);
    }

    private void refused(String code, String table, String sql, String... key) {
        var step = fixture.step(table, sql, key);
        assertThatThrownBy(() -> fixture.engine.prepare(step, new Fence(1)).block(Duration.ofMinutes(1)))
                .isInstanceOfSatisfying(AthanorException.class, e -> {
                    assertThat(e.code()).isEqualTo(code);
                    assertThat(e.kind())
                            .isEqualTo(code.equals("unknown_table") ? FailureKind.FAILED : FailureKind.REFUSED);
                    assertThat(e.getMessage()).contains("test.sql:1");
                    assertThat(e.hint()).isNotEmpty();
                });
        assertThat(fixture.number(
                        "SELECT count(*) AS n FROM athanor.backfill WHERE revision_id = '" + step.revision() + "'"))
                .isZero();
    }

    @Test
    void what_cannot_be_exactly_once_is_refused() {
        rows(20_000);
        fixture.sql(
                "DROP TABLE IF EXISTS keyless",
                "CREATE TABLE keyless (a int, n int)",
                "CREATE OR REPLACE VIEW v AS SELECT * FROM t");
        refused("changes_its_key", "t", "UPDATE t SET n = 1, id = id + 1000000 WHERE ${chunk}");
        refused("no_key", "keyless", "UPDATE keyless SET n = 1 WHERE ${chunk}");
        refused("unknown_key", "t", "UPDATE t SET n = 1 WHERE ${chunk}", "other");
        refused("unknown_table", "nowhere", "UPDATE nowhere SET n = 1 WHERE ${chunk}");
        refused("not_a_table", "v", "UPDATE v SET n = 1 WHERE ${chunk}");
        fixture.sql("DROP VIEW v");
    }

    @Test
    void a_chunk_that_would_read_the_whole_table_is_refused() {
        rows(50_000);
        refused("chunk_scans_table", "t", "UPDATE t SET n = 1 WHERE (${chunk} OR other < 0)");
        refused(
                "chunk_scans_table",
                "t",
                "UPDATE t SET n = 1 FROM t AS t2 WHERE t2.other = t.other AND ${chunk:t}"
                        .replace("t2.other = t.other", "t2.other + 0 = t.other"));
        assertThat(fixture.number("SELECT count(*) AS n FROM t WHERE n = 1")).isZero();
    }

    @Test
    void a_statement_that_fails_fails_its_range_and_names_the_next_command() {
        rows(5_000);
        var step = fixture.step("t", "UPDATE t SET n = 1 / (other - 2500) WHERE ${chunk}");
        assertThatThrownBy(() -> fixture.run(step)).isInstanceOfSatisfying(BackfillFailedException.class, e -> {
            assertThat(e.kind()).isEqualTo(FailureKind.FAILED);
            assertThat(e.getMessage()).contains("22012");
            assertThat(e.hint()).contains("athanor resume " + step.revision());
        });
        assertThat(fixture.text("SELECT state AS t FROM athanor.backfill ORDER BY id DESC LIMIT 1"))
                .isEqualTo("failed");
        assertThat(fixture.number("SELECT count(*) AS n FROM athanor.backfill_range WHERE state = 'failed'"
                        + " AND error LIKE '%22012%'"))
                .isEqualTo(1);
        fixture.sql("DELETE FROM t WHERE other = 2500");
        fixture.run(step, new Fence(2), new StopSignal());
        assertThat(fixture.text("SELECT state AS t FROM athanor.backfill ORDER BY id DESC LIMIT 1"))
                .isEqualTo("done");
    }

    @Test
    void nothing_happens_before_someone_subscribes() {
        rows(10);
        var step = fixture.step("t", "UPDATE t SET n = n + 1 WHERE ${chunk}");
        Flux<BackfillEvent> cold = fixture.engine
                .prepare(step, new Fence(1))
                .flatMapMany(prepared -> fixture.engine.run(prepared, new Fence(1), new StopSignal()));
        assertThat(cold).isNotNull();
        assertThat(fixture.number("SELECT count(*) AS n FROM t WHERE n = 1")).isZero();
    }
}
