package dev.athanor.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.migration.PassingFaultException;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** Every shape of key: a statement that is not idempotent changes every row exactly once. */
@AthanorPostgres
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeyShapesTest {
    private static final int ROWS = 20_000;
    private EngineFixture fixture;

    @BeforeAll
    void open(TestDatabase database) {
        fixture = new EngineFixture(database.url());
    }

    @AfterAll
    void close() {
        fixture.close();
    }

    static Stream<Arguments> keys() {
        return Stream.of(
                Arguments.of("integer", "id integer PRIMARY KEY", "i"),
                Arguments.of("bigint with gaps", "id bigint PRIMARY KEY", "i::bigint * i * 7 - 100000000"),
                Arguments.of("smallint pair", "a smallint, b smallint, PRIMARY KEY (b, a)", "i % 100, i / 100"),
                Arguments.of("uuid", "id uuid PRIMARY KEY", "gen_random_uuid()"),
                Arguments.of("text", "id text PRIMARY KEY", "md5(i::text) || '''; drop \"x\" \\ é'"),
                Arguments.of("text, odd collation", "id text COLLATE \"C\" PRIMARY KEY", "chr(65 + i % 60) || i"),
                Arguments.of("char", "id char(12) PRIMARY KEY", "'k' || i"),
                Arguments.of("numeric", "id numeric(20,4) PRIMARY KEY", "i / 3.0 * 10"),
                Arguments.of("date and time", "id timestamptz PRIMARY KEY", "now() - i * interval '1.000001 hour'"),
                Arguments.of("timestamp", "id timestamp PRIMARY KEY", "'2020-01-01'::timestamp + i * interval '7 us'"),
                Arguments.of("date, text", "d date, t text, PRIMARY KEY (d, t)", "current_date - i % 30, 'x' || i"),
                Arguments.of("boolean, bytea", "b bool, x bytea, PRIMARY KEY (b, x)", "i % 2 = 0, int4send(i)"),
                Arguments.of("always generated", "id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, j int", null),
                Arguments.of("unique, not null, descending", "id int NOT NULL, j int", "i, 0"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("keys")
    void every_row_exactly_once(String name, String columns, String values) {
        fixture.sql("DROP TABLE IF EXISTS shape");
        fixture.sql("CREATE TABLE shape (" + columns + ", n int NOT NULL DEFAULT 0)");
        if (name.contains("descending")) {
            fixture.sql("CREATE UNIQUE INDEX ON shape (id DESC)");
        }
        String target = values == null ? "shape (j)" : "shape";
        fixture.sql("INSERT INTO " + target + " SELECT " + (values == null ? "i" : values) + " FROM generate_series(1, "
                + ROWS + ") i");

        var events = fixture.run(fixture.step("shape", "UPDATE shape SET n = n + 1 WHERE ${chunk}"));

        assertThat(fixture.number("SELECT count(*) AS n FROM shape WHERE n = 1"))
                .isEqualTo(ROWS);
        assertThat(EngineFixture.walked(events)).isEqualTo(ROWS);
        assertThat(EngineFixture.changed(events)).isEqualTo(ROWS);
        assertThat(fixture.number("SELECT count(*) AS n FROM athanor.backfill WHERE state <> 'done'"))
                .isZero();
        assertThat(events.stream().filter(BackfillEvent.RangeFinished.class::isInstance))
                .as("several ranges")
                .hasSizeGreaterThan(3);
    }

    @Test
    void dates_read_back_the_same_whatever_the_date_style() {
        fixture.sql(
                "DROP TABLE IF EXISTS dated",
                "CREATE TABLE dated (id timestamptz PRIMARY KEY, n int NOT NULL DEFAULT 0)",
                "INSERT INTO dated SELECT '2026-01-01'::timestamptz + i * interval '17 hours' FROM generate_series(1, 5000) i",
                "ALTER ROLE CURRENT_USER SET datestyle = 'SQL, DMY'",
                "ALTER ROLE CURRENT_USER SET timezone = 'Australia/Lord_Howe'");
        try (EngineFixture elsewhere = new EngineFixture(fixture.url)) {
            elsewhere.run(elsewhere.step("dated", "UPDATE dated SET n = n + 1 WHERE ${chunk}"));
        } finally {
            fixture.sql("ALTER ROLE CURRENT_USER RESET datestyle", "ALTER ROLE CURRENT_USER RESET timezone");
        }
        assertThat(fixture.number("SELECT count(*) AS n FROM dated WHERE n = 1"))
                .isEqualTo(5_000);
    }

    @Test
    void partitions_are_walked_through_their_parent() {
        fixture.sql(
                "CREATE TABLE parted (region int, id bigint, n int NOT NULL DEFAULT 0, PRIMARY KEY (region, id))"
                        + " PARTITION BY LIST (region)",
                "CREATE TABLE parted_1 PARTITION OF parted FOR VALUES IN (1, 2)",
                "CREATE TABLE parted_2 PARTITION OF parted DEFAULT",
                "INSERT INTO parted SELECT i % 5, i FROM generate_series(1, 20000) i");
        fixture.run(fixture.step("parted", "UPDATE parted SET n = n + 1 WHERE ${chunk}"));
        assertThat(fixture.number("SELECT count(*) AS n FROM parted WHERE n = 1"))
                .isEqualTo(ROWS);
    }

    @Test
    void a_named_key_is_used() {
        fixture.sql(
                "CREATE TABLE two_keys (id bigint PRIMARY KEY, code text NOT NULL UNIQUE, n int NOT NULL DEFAULT 0)",
                "INSERT INTO two_keys SELECT i, md5(i::text) FROM generate_series(1, 3000) i");
        fixture.run(fixture.step("two_keys", "UPDATE two_keys SET n = n + 1 WHERE ${chunk}", "code"));
        assertThat(fixture.number("SELECT count(*) AS n FROM two_keys WHERE n = 1"))
                .isEqualTo(3_000);
        assertThat(fixture.text("SELECT array_to_string(key_columns, ',') AS t FROM athanor.backfill"
                        + " ORDER BY id DESC LIMIT 1"))
                .isEqualTo("code");
    }

    @Test
    void without_a_key_the_guard_makes_it_once() {
        fixture.sql(
                "CREATE TABLE keyless (a int, n int NOT NULL DEFAULT 0) WITH (fillfactor = 50)",
                "INSERT INTO keyless SELECT i FROM generate_series(1, 20000) i");
        fixture.run(
                fixture.step("keyless", "UPDATE keyless SET n = n + 1 WHERE ${chunk}", EngineFixture.where("n = 0")));
        assertThat(fixture.number("SELECT count(*) AS n FROM keyless WHERE n = 1"))
                .isEqualTo(ROWS);
    }

    @Test
    void without_a_key_rows_can_be_deleted() {
        fixture.sql("CREATE TABLE purge (a int)", "INSERT INTO purge SELECT i FROM generate_series(1, 20000) i");
        var events = fixture.run(fixture.step("purge", "DELETE FROM purge WHERE ${chunk} AND a % 2 = 0"));
        assertThat(fixture.number("SELECT count(*) AS n FROM purge")).isEqualTo(ROWS / 2);
        assertThat(EngineFixture.changed(events)).isEqualTo(ROWS / 2);
    }

    @Test
    void a_hostile_name_is_only_a_name() {
        fixture.sql(
                "CREATE SCHEMA \"odd \"\"one\"",
                "CREATE TABLE \"odd \"\"one\".\"tick\"\"ets; drop\" (\"i'd\" int PRIMARY KEY, n int NOT NULL DEFAULT 0)",
                "INSERT INTO \"odd \"\"one\".\"tick\"\"ets; drop\" SELECT i FROM generate_series(1, 3000) i");
        String table = "\"odd \"\"one\".\"tick\"\"ets; drop\"";
        fixture.run(fixture.step(table, "UPDATE " + table + " t SET n = n + 1 WHERE ${chunk:t}"));
        assertThat(fixture.number("SELECT count(*) AS n FROM " + table + " WHERE n = 1"))
                .isEqualTo(3_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"k1", "c0", "found", "athanor_found"})
    void a_key_may_be_called_as_our_own_columns_are(String name) {
        fixture.sql(
                "DROP TABLE IF EXISTS named",
                "CREATE TABLE named (" + name + " bigint PRIMARY KEY, v int NOT NULL DEFAULT 0)",
                "INSERT INTO named SELECT i FROM generate_series(1, 20000) i",
                "ANALYZE named");
        everyRowIsChangedOnceEachWay("named");
    }

    @Test
    void columns_of_a_key_may_be_called_as_ours_in_another_order() {
        fixture.sql(
                "DROP TABLE IF EXISTS named",
                "CREATE TABLE named (k2 int, k1 text, c0 timestamptz, v int NOT NULL DEFAULT 0, PRIMARY KEY (k2, k1, c0))",
                "INSERT INTO named SELECT i / 100, (i % 100)::text, timestamptz '2024-01-01' + i * interval '1 day'"
                        + " FROM generate_series(1, 20000) i",
                "ANALYZE named");
        everyRowIsChangedOnceEachWay("named");
    }

    @Test
    void a_key_called_as_ours_beside_a_row_that_is_too_long_to_be_read_with_others() {
        fixture.sql(
                "DROP TABLE IF EXISTS named",
                "CREATE TABLE named (k1 bigint PRIMARY KEY, v int NOT NULL DEFAULT 0, note text)",
                "INSERT INTO named SELECT i FROM generate_series(1, 20000) i",
                "UPDATE named SET note = repeat('x', 100000) WHERE k1 = 7",
                "ANALYZE named");
        incrementInTheJvm("named", "note");
        assertThat(fixture.number("SELECT count(*) AS n FROM named WHERE v = 1"))
                .isEqualTo(ROWS);
    }

    private void everyRowIsChangedOnceEachWay(String table) {
        fixture.run(fixture.step(table, "UPDATE " + table + " SET v = v + 1 WHERE ${chunk}"));
        assertThat(fixture.number("SELECT count(*) AS n FROM " + table + " WHERE v = 1"))
                .isEqualTo(ROWS);
        incrementInTheJvm(table);
        assertThat(fixture.number("SELECT count(*) AS n FROM " + table + " WHERE v = 2"))
                .isEqualTo(ROWS);
    }

    /** Chunks end in their middle where a row fails. */
    private void incrementInTheJvm(String table, String... alsoRead) {
        List<String> reads = Stream.concat(Stream.of("v"), Stream.of(alsoRead)).toList();
        AtomicInteger calls = new AtomicInteger();
        fixture.run(new RowSteps(fixture).transform(table, reads, List.of("v"), EngineFixture.options(700), row -> {
            Map<String, Integer> next = Map.of("v", Objects.requireNonNull(row.get("v", Integer.class)) + 1);
            return calls.incrementAndGet() % 5000 == 0
                    ? Mono.error(new PassingFaultException("once in a while"))
                    : Mono.just(next);
        }));
    }
}
