package dev.athanor.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.ledger.Fence;
import dev.athanor.plan.Step.BackfillStep;
import dev.athanor.source.BackfillOptions;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.TestDatabase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows whose data does not fit, and chunks that take too long: found, named, set aside or made smaller. */
@AthanorPostgres
class QuarantineTest {
    private static final int ROWS = 20_000;

    private EngineFixture fixture;

    @BeforeEach
    void open(TestDatabase database) {
        fixture = new EngineFixture(database.url());
        fixture.sql(
                "DROP TABLE IF EXISTS t",
                "CREATE TABLE t (id bigint PRIMARY KEY, d int NOT NULL DEFAULT 1, n int NOT NULL DEFAULT 0)",
                "INSERT INTO t SELECT i FROM generate_series(1, " + ROWS + ") i",
                "TRUNCATE athanor.backfill CASCADE");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private BackfillStep step(long skipLimit) {
        return fixture.step(
                "t",
                "UPDATE t SET n = n + 1 / d WHERE ${chunk}",
                BackfillOptions.builder()
                        .chunkSize(1000)
                        .workers(2)
                        .skipLimit(skipLimit)
                        .build());
    }

    private long count(String condition) {
        return fixture.number("SELECT count(*) AS n FROM t WHERE " + condition);
    }

    @Test
    void a_poison_row_is_found_named_and_set_aside_and_tried_again_when_it_is_mended() {
        fixture.sql("UPDATE t SET d = 0 WHERE id = 7654");
        BackfillStep step = step(1);
        List<BackfillEvent> events = fixture.run(step);
        assertThat(events)
                .filteredOn(BackfillEvent.RowQuarantined.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(BackfillEvent.RowQuarantined.class, row -> {
                    assertThat(row.key()).containsExactly("7654");
                    assertThat(row.sqlState()).isEqualTo("22012");
                    assertThat(row.message()).contains("division by zero");
                });
        assertThat(events)
                .filteredOn(BackfillEvent.ChunkShrunk.class::isInstance)
                .hasSizeBetween(5, 25);
        assertThat(count("n = 1")).isEqualTo(ROWS - 1);
        assertThat(EngineFixture.walked(events)).isEqualTo(ROWS);
        assertThat(fixture.text("SELECT row_key[1] || ' ' || sqlstate AS t FROM athanor.quarantine"))
                .isEqualTo("7654 22012");
        assertThat(fixture.text("SELECT state AS t FROM athanor.backfill")).isEqualTo("done");
        assertThat(fixture.number("SELECT sum(rows_quarantined) AS n FROM athanor.backfill_range"))
                .isEqualTo(1);

        fixture.sql("UPDATE athanor.quarantine SET retry = true");
        fixture.run(step, new Fence(2), new StopSignal());
        assertThat(fixture.number("SELECT attempts AS n FROM athanor.quarantine WHERE NOT retry"))
                .isEqualTo(2);

        fixture.sql("UPDATE t SET d = 1 WHERE id = 7654", "UPDATE athanor.quarantine SET retry = true");
        assertThat(fixture.run(step, new Fence(3), new StopSignal()))
                .filteredOn(BackfillEvent.RowReleased.class::isInstance)
                .hasSize(1);
        assertThat(count("n = 1")).isEqualTo(ROWS);
        assertThat(fixture.number("SELECT count(*) AS n FROM athanor.quarantine"))
                .isZero();
        assertThat(fixture.number("SELECT sum(rows_quarantined) AS n FROM athanor.backfill_range"))
                .isZero();
        assertThat(fixture.number("SELECT sum(rows_changed) AS n FROM athanor.backfill_range"))
                .isEqualTo(ROWS);
    }

    @Test
    void without_a_skip_limit_the_first_bad_row_fails_its_range_and_the_others_are_done() {
        fixture.sql("UPDATE t SET d = 0 WHERE id IN (7654, 15000)");
        BackfillStep step = step(0);
        assertThatThrownBy(() -> fixture.run(step)).isInstanceOfSatisfying(BackfillFailedException.class, failed -> {
            assertThat(failed.ranges()).isEqualTo(2);
            assertThat(failed).hasMessageContaining("2 ranges").hasMessageContaining("key (7654)");
            assertThat(failed.hint()).contains("athanor resume " + step.revision());
        });
        assertThat(fixture.number("SELECT count(*) AS n FROM athanor.backfill_range WHERE state <> 'done'"))
                .isEqualTo(2);
        assertThat(fixture.text("SELECT string_agg(failed_key[1] || ' ' || sqlstate, ',' ORDER BY range_no) AS t"
                        + " FROM athanor.backfill_range WHERE state = 'failed'"))
                .isEqualTo("7654 22012,15000 22012");
        assertThat(fixture.text("SELECT string_agg(cursor_key[1], ',' ORDER BY range_no) AS t"
                        + " FROM athanor.backfill_range WHERE state = 'failed'"))
                .isEqualTo("7653,14999");
        fixture.sql("UPDATE t SET d = 1 WHERE d = 0");
        fixture.run(step, new Fence(2), new StopSignal());
        assertThat(count("n = 1")).isEqualTo(ROWS);
    }

    @Test
    void the_limit_holds_over_all_ranges() {
        fixture.sql("UPDATE t SET d = 0 WHERE id % 2000 = 1");
        BackfillStep step = step(4);
        assertThatThrownBy(() -> fixture.run(step)).isInstanceOf(BackfillFailedException.class);
        assertThat(fixture.number("SELECT count(*) AS n FROM athanor.quarantine"))
                .isEqualTo(4);
        assertThat(count("n = 1 AND d = 0")).isZero();
    }

    @Test
    void rows_that_fail_at_commit_are_found_too() {
        fixture.sql(
                "CREATE TABLE p (id int PRIMARY KEY)",
                "INSERT INTO p VALUES (1)",
                "ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY (n) REFERENCES p DEFERRABLE INITIALLY DEFERRED NOT VALID",
                "UPDATE t SET d = 2 WHERE id = 42");
        List<BackfillEvent> events = fixture.run(fixture.step(
                "t",
                "UPDATE t SET n = d WHERE ${chunk}",
                BackfillOptions.builder().chunkSize(1000).skipLimit(1L).build()));
        assertThat(events)
                .filteredOn(BackfillEvent.RowQuarantined.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(
                        BackfillEvent.RowQuarantined.class,
                        row -> assertThat(row.key()).containsExactly("42"));
        assertThat(count("n = 1")).isEqualTo(ROWS - 1);
        fixture.sql("DROP TABLE t, p");
    }

    @Test
    void a_chunk_that_takes_too_long_is_halved_until_it_does_not() {
        fixture.sql("DELETE FROM t WHERE id > 600");
        List<BackfillEvent> events = fixture.run(fixture.step(
                "t",
                "UPDATE t SET n = n + 1 WHERE ${chunk} AND (SELECT pg_sleep(0.005) WHERE id > 0) IS NOT NULL",
                BackfillOptions.builder()
                        .chunkSize(600)
                        .workers(1)
                        .statementTimeout(Duration.ofMillis(700))
                        .build()));
        assertThat(events)
                .filteredOn(BackfillEvent.ChunkShrunk.class::isInstance)
                .isNotEmpty()
                .allSatisfy(event -> assertThat(((BackfillEvent.ChunkShrunk) event).sqlState())
                        .isEqualTo("57014"));
        assertThat(count("n = 1")).isEqualTo(600);
    }
}
