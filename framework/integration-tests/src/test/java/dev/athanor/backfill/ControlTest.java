package dev.athanor.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.ledger.Fence;
import dev.athanor.plan.Step.BackfillStep;
import dev.athanor.source.BackfillOptions;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.TestDatabase;
import dev.athanor.throttle.ThrottleSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A running backfill obeys what is written to its row, within one chunk. */
@AthanorPostgres
class ControlTest {
    private static final int ROWS = 20_000;

    private EngineFixture fixture;
    private final StopSignal stop = new StopSignal();

    @BeforeEach
    void open(TestDatabase database) {
        fixture = new EngineFixture(database.url(), EngineFixture.SETTINGS.withThrottle(ThrottleSettings.OFF));
        fixture.sql(
                "DROP TABLE IF EXISTS t",
                "CREATE TABLE t (id bigint PRIMARY KEY, n int NOT NULL DEFAULT 0)",
                "INSERT INTO t SELECT i FROM generate_series(1, " + ROWS + ") i",
                "TRUNCATE athanor.backfill CASCADE");
    }

    @AfterEach
    void close() {
        stop.request();
        fixture.close();
    }

    private BackfillStep step() {
        return fixture.step(
                "t",
                "UPDATE t SET n = n + 1 WHERE ${chunk}",
                BackfillOptions.builder()
                        .chunkSize(100)
                        .workers(2)
                        .maxRowsPerSecond(5_000L)
                        .build());
    }

    private CompletableFuture<List<BackfillEvent>> start(BackfillStep step, long token) {
        CompletableFuture<List<BackfillEvent>> run =
                CompletableFuture.supplyAsync(() -> fixture.run(step, new Fence(token), stop));
        await("it has begun", () -> changed() > 0);
        return run;
    }

    private static void await(String what, java.util.concurrent.Callable<Boolean> condition) {
        Awaitility.await(what).atMost(Duration.ofMinutes(1)).until(condition);
    }

    private long changed() {
        return fixture.number("SELECT count(*) AS n FROM t WHERE n = 1");
    }

    private void command(String verb, String set) {
        fixture.sql("WITH b AS (UPDATE athanor.backfill SET control_version = control_version + 1, " + set
                + " RETURNING id), c AS (INSERT INTO athanor.command (backfill_id, verb, actor) SELECT id, '" + verb
                + "', 'anna' FROM b RETURNING backfill_id)"
                + " SELECT pg_notify('athanor_control', 'athanor:' || backfill_id) FROM c");
    }

    private void awaitObeyed() {
        await(
                "the command is obeyed",
                () -> fixture.number("SELECT count(*) AS n FROM athanor.command WHERE obeyed_at IS NULL") == 0);
    }

    private void pause() {
        command("pause", "paused_by = 'anna', paused_reason = 'lunch', paused_at = now()");
    }

    private void resume() {
        command("resume", "paused_by = NULL, paused_reason = NULL, paused_at = NULL");
    }

    private String vitals(String column) {
        return fixture.text("SELECT " + column + "::text AS t FROM athanor.backfill_vitals");
    }

    @Test
    void a_pause_stands_until_it_is_lifted_also_over_runs() {
        BackfillStep step = step();
        CompletableFuture<List<BackfillEvent>> run = start(step, 1);
        pause();
        awaitObeyed();
        long then = changed();
        assertThat(then).isLessThan(ROWS);
        await("it says so", () -> vitals("state").equals("paused"));
        assertThat(changed()).isEqualTo(then);
        StopSignal first = new StopSignal();
        // another owner takes the ranges over; the pause is still a pause
        CompletableFuture<List<BackfillEvent>> second =
                CompletableFuture.supplyAsync(() -> fixture.run(step, new Fence(2), first));
        await("the new owner waits", () -> vitals("fencing_token").equals("2"));
        assertThat(vitals("state")).isEqualTo("paused");
        assertThat(changed()).isEqualTo(then);
        resume();
        second.join();
        assertThat(changed()).isEqualTo(ROWS);
        assertThatThrownBy(run::join).hasCauseInstanceOf(dev.athanor.ledger.FencedOffException.class);
    }

    @Test
    void a_new_pace_holds_from_the_next_chunk_on() {
        BackfillStep step = step();
        CompletableFuture<List<BackfillEvent>> run = start(step, 1);
        command("set", "chunk_size = 777, max_rows_per_second = 0");
        List<BackfillEvent> events = run.join();
        assertThat(changed()).isEqualTo(ROWS);
        assertThat(fixture.number("SELECT max(rows_walked) AS n FROM athanor.backfill_chunk"
                        + " WHERE backfill_id = (SELECT max(id) FROM athanor.backfill)"))
                .isEqualTo(777);
        assertThat(events)
                .filteredOn(BackfillEvent.ControlChanged.class::isInstance)
                .isNotEmpty();
    }

    @Test
    void more_workers_begin_more_ranges() {
        int rows = 3 * ROWS;
        fixture.sql("INSERT INTO t SELECT i FROM generate_series(" + (ROWS + 1) + ", " + rows + ") i");
        fixture.sql("ANALYZE t");
        // each statement sleeps once, so that two lanes have work for a while
        BackfillStep step = fixture.step(
                "t",
                "UPDATE t SET n = n + 1 WHERE ${chunk} AND (SELECT pg_sleep(0.2)) IS NOT NULL",
                BackfillOptions.builder().chunkSize(100).workers(2).build());
        CompletableFuture<List<BackfillEvent>> run = start(step, 1);
        command("set", "workers = 5");
        await(
                "five ranges are begun",
                () -> fixture.number("SELECT count(*) AS n FROM athanor.backfill_range WHERE state = 'running'") >= 5);
        command("set", "chunk_size = 5000");
        run.join();
        assertThat(changed()).isEqualTo(rows);
    }

    @Test
    void a_cancelled_backfill_ends_at_its_next_commit() {
        BackfillStep step = step();
        CompletableFuture<List<BackfillEvent>> run = start(step, 1);
        command("cancel", "cancelled_by = 'anna', cancelled_reason = 'wrong table', cancelled_at = now()");
        assertThatThrownBy(run::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(BackfillCancelledException.class)
                .hasMessageContaining("anna")
                .hasMessageContaining("wrong table");
        assertThat(fixture.text("SELECT state AS t FROM athanor.backfill")).isEqualTo("cancelled");
        assertThat(changed())
                .isEqualTo(fixture.number("SELECT sum(rows_changed) AS n FROM athanor.backfill_range"))
                .isLessThan(ROWS);
    }

    @Test
    void failed_ranges_are_taken_up_again_while_the_others_run() {
        fixture.sql("ALTER TABLE t ADD CHECK (id <> 5 OR n < 1)");
        BackfillStep step = step();
        CompletableFuture<List<BackfillEvent>> run = start(step, 1);
        await(
                "a range has failed",
                () -> fixture.number("SELECT count(*) AS n FROM athanor.backfill_range WHERE state = 'failed'") == 1);
        fixture.sql(
                "ALTER TABLE t DROP CONSTRAINT t_check",
                "UPDATE athanor.backfill_range SET state = 'pending', error = NULL, failed_key = NULL"
                        + " WHERE state = 'failed'");
        command("retry", "name = name");
        run.join();
        assertThat(changed()).isEqualTo(ROWS);
        assertThat(fixture.text("SELECT state AS t FROM athanor.backfill")).isEqualTo("done");
    }
}
