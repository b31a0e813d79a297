package dev.athanor.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.migration.RowView;
import dev.athanor.plan.Step.BackfillStep;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;

/** Values of every kind through the JVM and back, unchanged, whatever a session has set. */
@AthanorPostgres
class TransformTypesTest {
    private EngineFixture fixture;
    private RowSteps steps;
    private Jdbc jdbc;

    @BeforeEach
    void open(TestDatabase database) {
        jdbc = database.jdbc();
        jdbc.execute("ALTER DATABASE " + database.name() + " SET datestyle = 'German'");
        jdbc.execute("ALTER DATABASE " + database.name() + " SET timezone = 'Asia/Kolkata'");
        jdbc.execute("ALTER DATABASE " + database.name() + " SET bytea_output = 'escape'");
        jdbc.execute("ALTER DATABASE " + database.name() + " SET extra_float_digits = 0");
        fixture = new EngineFixture(database.url());
        steps = new RowSteps(fixture);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    static Stream<Arguments> types() {
        return Stream.of(
                Arguments.of("int2", "-32768 32767"),
                Arguments.of("int4", "-1 0 2147483647"),
                Arguments.of("int8", "-9223372036854775808 9223372036854775807"),
                Arguments.of("bool", "true false"),
                Arguments.of("float4", "0.1 1e-30 NaN Infinity"),
                Arguments.of("float8", "0.1 0.30000000000000004 -1.7976931348623157e308 NaN"),
                Arguments.of("numeric", "1.10 1.1 123456789012345678901234567890.123456789 NaN"),
                Arguments.of("numeric(10,2)", "3.14 -0.01"),
                Arguments.of("text", "a 'quoted' \"x\" {a,b} \\n \\\\ ${chunk} é日本 NULL"),
                Arguments.of("varchar(20)", "short"),
                Arguments.of("char(5)", "ab abcde"),
                Arguments.of("uuid", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),
                Arguments.of("bytea", "\\x \\x00ff10"),
                Arguments.of("date", "2024-02-29 infinity -infinity 0044-03-15_BC 12345-01-01"),
                Arguments.of(
                        "timestamp", "2024-02-29T01:02:03.000004 1500-03-01T00:00:00 infinity 0001-12-31T00:00:00_BC"),
                Arguments.of("timestamptz", "2024-02-29T01:02:03.123456Z 1969-12-31T23:59:59.999999Z -infinity"),
                Arguments.of("time", "01:02:03.5 24:00:00"),
                Arguments.of("interval", "1_day_02:00:00 1_mon"),
                Arguments.of("json", "{\"a\":1,\"a\":2} [1,null]"),
                Arguments.of("jsonb", "{\"a\":1} \"x\""),
                Arguments.of("xml", "<a/>"),
                Arguments.of("inet", "10.0.0.1/8 ::1"),
                Arguments.of("int4[]", "{1,NULL,3} {{1,2},{3,4}} {}"),
                Arguments.of("text[]", "{\"a\",\"NULL\",NULL}"),
                Arguments.of("timestamptz[]", "{\"2024-02-29T01:02:03Z\"}"),
                Arguments.of("int4range", "[1,5)"),
                Arguments.of("point", "(1,2)"),
                Arguments.of("bit(3)", "101"),
                Arguments.of("mood", "sad glad"),
                Arguments.of("positive", "7"));
    }

    @ParameterizedTest
    @MethodSource("types")
    void a_value_is_read_compared_and_written_as_it_is(String type, String values) {
        jdbc.execute("DROP TABLE IF EXISTS t; DROP TYPE IF EXISTS mood; DROP DOMAIN IF EXISTS positive;"
                + "CREATE TYPE mood AS ENUM ('sad', 'glad'); CREATE DOMAIN positive AS int CHECK (VALUE > 0);"
                + "CREATE TABLE t (id int PRIMARY KEY, v " + type + ", w " + type + ", same bool)");
        int id = 0;
        for (String value : (values + " \u0000").split(" ")) {
            jdbc.update(
                    "SET datestyle = 'ISO'; INSERT INTO t (id, v) VALUES (?, ?::text::" + type + ")",
                    id++,
                    value.equals("\u0000") ? null : value.replace('_', ' '));
        }
        List<BackfillEvent> events = fixture.run(steps.transform(
                "t", List.of("v"), List.of("w"), EngineFixture.options(2), row -> Mono.just(writing(row))));
        assertThat(EngineFixture.changed(events)).isEqualTo(id);
        assertThat(jdbc.number("SELECT count(*) FROM t WHERE v::text IS DISTINCT FROM w::text"))
                .isZero();
        assertThat(jdbc.number("SELECT count(*) FROM t WHERE w IS NULL")).isEqualTo(1);
    }

    private static Map<String, @Nullable String> writing(RowView row) {
        Map<String, @Nullable String> values = new HashMap<>();
        values.put("w", row.text("v"));
        return values;
    }

    @Test
    void a_transform_gets_and_gives_objects() {
        jdbc.execute("DROP TABLE IF EXISTS t;"
                + "CREATE TABLE t (id int PRIMARY KEY, i int, l bigint, d numeric, b bool, u uuid, y bytea, t timestamptz,"
                + " p timestamp, e date, f float8, a text[], n int[]);"
                + "INSERT INTO t VALUES (1, 1, 2, 3.50, true, 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '\\x0102',"
                + " '2024-02-29T01:02:03.5Z', '2024-02-29T01:02:03', '2024-02-29', 0.1)");
        List<String> columns = List.of("i", "l", "d", "b", "u", "y", "t", "p", "e", "f", "a", "n");
        AtomicReference<@Nullable Throwable> wrong = new AtomicReference<>();
        BackfillStep step = steps.transform("t", columns, columns, EngineFixture.options(10), row -> {
            try {
                check(row);
            } catch (AssertionError e) {
                wrong.set(e);
            }
            return Mono.just(changed(row));
        });
        fixture.run(step);
        assertThat(wrong).hasNullValue();
        assertThat(jdbc.text("SELECT concat_ws(' ', i, l, d, b, u, encode(y, 'hex'), extract(epoch FROM t),"
                        + " to_json(p), to_json(e), f, a, n) FROM t"))
                .isEqualTo("2 3 4.50 f 00000000-0000-0000-0000-000000000001 0a 1709168523.500000"
                        + " \"0044-03-15T10:00:00 BC\" \"12345-01-01\" 0.2 {\"x \\\"y\\\"\",NULL} {1,2}");
    }

    private static void check(RowView row) {
        assertThat(row.columns()).hasSize(12);
        assertThat(row.get("i", Integer.class)).isEqualTo(1);
        assertThat(row.get("l", Long.class)).isEqualTo(2);
        assertThat(row.get("d", BigDecimal.class)).isEqualTo(new BigDecimal("3.50"));
        assertThat(row.get("b", Boolean.class)).isTrue();
        assertThat(row.get("u", UUID.class)).hasToString("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11");
        assertThat(row.get("y", byte[].class)).containsExactly(1, 2);
        assertThat(row.get("t", Instant.class)).isEqualTo("2024-02-29T01:02:03.5Z");
        assertThat(row.get("t", OffsetDateTime.class)).isEqualTo("2024-02-29T01:02:03.5Z");
        assertThat(row.get("p", LocalDateTime.class)).isEqualTo("2024-02-29T01:02:03");
        assertThat(row.get("e", LocalDate.class)).isEqualTo("2024-02-29");
        assertThat(row.get("f", Double.class)).isEqualTo(0.1);
        assertThat(row.get("a", String.class)).isNull();
    }

    private static Map<String, Object> changed(RowView row) {
        Instant time = Objects.requireNonNull(row.get("t", Instant.class));
        return Map.ofEntries(
                Map.entry("i", 2),
                Map.entry("l", 3L),
                Map.entry("d", new BigDecimal("4.50")),
                Map.entry("b", false),
                Map.entry("u", new UUID(0, 1)),
                Map.entry("y", new byte[] {10}),
                Map.entry("t", time.atOffset(ZoneOffset.ofHours(5))),
                Map.entry("p", LocalDateTime.of(-43, 3, 15, 10, 0)),
                Map.entry("e", LocalDate.of(12345, 1, 1)),
                Map.entry("f", 0.2),
                Map.entry("a", Arrays.asList("x \"y\"", null)),
                Map.entry("n", new int[] {1, 2}));
    }

    @Test
    void hostile_names_and_a_key_of_several_columns() {
        String table = "\"tick\"\"ets; drop\"";
        jdbc.execute("DROP TABLE IF EXISTS " + table + "; CREATE TABLE " + table
                + " (\"a\"\"b\" text, \"when\" timestamptz, \"select\" text, \"w '%\" int NOT NULL DEFAULT 0,"
                + " PRIMARY KEY (\"a\"\"b\", \"when\")); INSERT INTO " + table
                + " SELECT 'k' || i % 7, '2024-01-01'::timestamptz + i * interval '1 hour', i::text, 0"
                + " FROM generate_series(1, 3000) i");
        List<BackfillEvent> events = fixture.run(steps.transform(
                table,
                List.of("a\"b", "when", "select", "w '%"),
                List.of("w '%"),
                EngineFixture.where("\"tick\"\"ets; drop\".\"select\" <> '17'"),
                row -> Mono.just(Map.of("w '%", Objects.requireNonNull(row.get("w '%", Integer.class)) + 1))));
        assertThat(EngineFixture.walked(events)).isEqualTo(3000);
        assertThat(jdbc.number("SELECT sum(\"w '%\") FROM " + table + " WHERE \"w '%\" <= 1"))
                .isEqualTo(2999);
    }
}
