package dev.athanor.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.AthanorException;
import dev.athanor.ledger.Fence;
import dev.athanor.plan.Step.BackfillStep;
import dev.athanor.postgres.ConnectionUrl;
import dev.athanor.postgres.Database;
import dev.athanor.postgres.PoolSettings;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Rows of one database in a table of another; no key keeps a row from being copied twice. */
@AthanorPostgres
class CopyTest {
    private static final int ROWS = 9_000;
    private TestDatabase legacy;
    private EngineFixture fixture;
    private Database source;
    private Jdbc jdbc;
    private RowSteps steps;

    @BeforeEach
    void open(TestDatabase database) {
        legacy = database.server().newDatabase();
        legacy.jdbc()
                .execute("CREATE TABLE \"tick\"\"ets; drop\" (id int, part text, subject text, made timestamptz,"
                        + " PRIMARY KEY (part, id));"
                        + "INSERT INTO \"tick\"\"ets; drop\" SELECT i, 'p' || i % 3, nullif('Subject ' || i, 'Subject 5'),"
                        + " '2024-01-01'::timestamptz + i * interval '1 minute' FROM generate_series(1, " + ROWS
                        + ") i");
        fixture = new EngineFixture(database.url());
        steps = new RowSteps(fixture);
        source = Database.open(ConnectionUrl.parse(legacy.url(), Map.of()), PoolSettings.DEFAULTS);
        jdbc = database.jdbc();
        jdbc.execute(
                "DROP TABLE IF EXISTS copied;"
                        + "CREATE TABLE copied (id int, part text, subject text, made timestamptz, nr bigint GENERATED ALWAYS AS IDENTITY)");
    }

    @AfterEach
    void close() {
        source.close();
        fixture.close();
        legacy.close();
    }

    private BackfillStep step() {
        return steps.copy("\"tick\"\"ets; drop\"", "copied", List.of("id", "part", "subject", "made"), null, null);
    }

    private void run(BackfillStep step, EngineSettings settings, Fence fence) {
        BackfillEngine engine = new BackfillEngine(
                new Sources(fixture.database.reactive(), Map.of("legacy", source::reactive)),
                "athanor",
                settings,
                Clock.systemUTC(),
                Schedulers.parallel());
        engine.prepare(step, fence)
                .flatMapMany(prepared -> engine.run(prepared, fence, new StopSignal()))
                .blockLast(Duration.ofMinutes(1));
    }

    private void everyRowOnce() {
        assertThat(jdbc.number("SELECT count(*) FROM copied")).isEqualTo(ROWS);
        String sum =
                " md5(string_agg(concat_ws('|', id, part, coalesce(subject, 'none'), extract(epoch FROM made)), ','"
                        + " ORDER BY id)) ";
        assertThat(jdbc.text("SELECT" + sum + "FROM copied"))
                .isEqualTo(legacy.jdbc().text("SELECT" + sum + "FROM \"tick\"\"ets; drop\""));
    }

    @Test
    void every_row_is_copied_once() {
        run(step(), EngineFixture.SETTINGS, new Fence(1));
        everyRowOnce();
        assertThat(legacy.jdbc().number("SELECT count(*) FROM pg_namespace WHERE nspname = 'athanor'"))
                .isZero();
    }

    @ParameterizedTest
    @EnumSource(ChunkPoint.class)
    void a_run_that_fails_between_read_and_commit_copies_nothing_twice(ChunkPoint point) {
        BackfillStep step = step();
        AtomicInteger passes = new AtomicInteger();
        EngineSettings failing = EngineFixture.SETTINGS.withProbe((reached, id, range) -> {
            if (reached == point && passes.incrementAndGet() == 3) {
                throw new IllegalStateException("failed at " + point);
            }
        });
        assertThatThrownBy(() -> run(step, failing, new Fence(1))).isInstanceOf(BackfillFailedException.class);
        run(step, EngineFixture.SETTINGS, new Fence(1));
        everyRowOnce();
    }

    @Test
    void rows_are_mapped_and_left_out() {
        BackfillStep step = steps.copy(
                "\"tick\"\"ets; drop\"",
                "copied",
                List.of("id", "subject"),
                row -> row.text("subject") == null ? Mono.empty() : Mono.just(Map.of("id", 1, "subject", "mapped")),
                null);
        run(step, EngineFixture.SETTINGS, new Fence(1));
        assertThat(jdbc.number("SELECT count(*) FROM copied WHERE id = 1 AND subject = 'mapped' AND made IS NULL"))
                .isEqualTo(ROWS - 1);
    }

    @Test
    void a_conflict_is_what_the_step_says() {
        jdbc.execute("ALTER TABLE copied ADD PRIMARY KEY (id); INSERT INTO copied (id, subject) VALUES (7, 'mine')");
        run(
                steps.copy("\"tick\"\"ets; drop\"", "copied", List.of("id", "subject"), null, "(id) DO NOTHING"),
                EngineFixture.SETTINGS,
                new Fence(1));
        assertThat(jdbc.number("SELECT count(*) FROM copied")).isEqualTo(ROWS);
        assertThat(jdbc.text("SELECT subject FROM copied WHERE id = 7")).isEqualTo("mine");
        assertThatThrownBy(() -> run(
                        steps.copy("\"tick\"\"ets; drop\"", "copied", List.of("id", "subject"), null, null),
                        EngineFixture.SETTINGS,
                        new Fence(1)))
                .isInstanceOf(BackfillFailedException.class)
                .hasMessageContaining("at the row with key (p");
    }

    @Test
    void a_database_that_nobody_knows_is_named() {
        assertThatThrownBy(() -> fixture.run(step()))
                .isInstanceOfSatisfying(
                        AthanorException.class, e -> assertThat(e.code()).isEqualTo("unknown_source"))
                .hasMessageContaining("'legacy'");
    }
}
