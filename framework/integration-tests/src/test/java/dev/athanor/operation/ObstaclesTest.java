package dev.athanor.operation;

import static dev.athanor.operation.Operations.addColumn;
import static dev.athanor.operation.Operations.changeType;
import static dev.athanor.operation.Operations.column;
import static dev.athanor.operation.Operations.renameColumn;
import static dev.athanor.operation.Replacements.mergeColumns;
import static dev.athanor.operation.Replacements.moveColumn;
import static dev.athanor.operation.Replacements.splitColumn;
import static dev.athanor.operation.Replacements.textToEnum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.catalog.SchemaPicture;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.SchemaAssert;
import dev.athanor.testkit.TestDatabase;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What would stop an operation later on, or change what something means, is told by name, and nothing is changed. */
@AthanorPostgres
class ObstaclesTest {
    private static final String NAME = "\"tick\"\"ets; drop\"";
    private static final int UNCHECKED_FROM_PARTITIONS = 180_000;

    private final TestDatabase database;
    private final Jdbc sql;
    private final PartRunner runner;

    ObstaclesTest(TestDatabase database) {
        this.database = database;
        this.sql = database.jdbc();
        this.runner = new PartRunner(sql);
    }

    @BeforeEach
    void fresh() {
        sql.execute("DROP TABLE IF EXISTS details, comments, " + NAME + " CASCADE;"
                + "DROP DOMAIN IF EXISTS plain, checked, below, above, never_null CASCADE; DROP TYPE IF EXISTS mood;"
                + "CREATE TYPE mood AS ENUM ('new', 'open');"
                + "CREATE DOMAIN plain AS text; CREATE DOMAIN checked AS text CHECK (VALUE <> '');"
                + "CREATE DOMAIN below AS checked; CREATE DOMAIN above AS below;"
                + "CREATE DOMAIN never_null AS plain NOT NULL;"
                + "CREATE TABLE " + NAME + " (id int PRIMARY KEY, a text, b text, c above, d plain);"
                + "CREATE TABLE details (ticket int PRIMARY KEY, e text);"
                + "INSERT INTO " + NAME + " VALUES (1, 'x', 'y', 'z', 'z'); INSERT INTO details VALUES (1, 'x')");
    }

    private static ChangeType lowered() {
        return changeType(NAME, "a", "varchar(10)").by("lower(a)", "a").was("text");
    }

    private static SplitColumn split(String type) {
        return splitColumn(NAME, "a", type, new LinkedHashMap<>(Map.of("f", "a", "g", "b")), "f");
    }

    private static MergeColumns merge() {
        return mergeColumns(NAME, new LinkedHashMap<>(Map.of("a", "f", "b", "f")), column("f", "text"), "a || b");
    }

    static Stream<Arguments> refused() {
        String alter = "ALTER TABLE " + NAME + " ";
        String index = "CREATE INDEX found_it ON " + NAME;
        return Stream.of(
                Arguments.of("ALTER TABLE " + NAME + " ALTER a SET DEFAULT 'N'", lowered(), "default 'N'::text"),
                Arguments.of(
                        alter + "ALTER a SET DEFAULT 'N'",
                        textToEnum(NAME, "a", "mood").by("lower(a)::mood"),
                        "was-default"),
                Arguments.of(alter + "ADD CONSTRAINT found_it CHECK (a > 'A')", lowered(), "check found_it"),
                Arguments.of(index + " (lower(a))", lowered(), "index found_it"),
                Arguments.of(index + " (id) WHERE a = 'X'", lowered(), "index found_it"),
                Arguments.of(
                        alter + "ADD COLUMN n int GENERATED ALWAYS AS IDENTITY",
                        changeType(NAME, "n", "bigint").defaultValue("1", "NULL"),
                        "the identity"),
                Arguments.of(alter + "ADD CONSTRAINT found_it CHECK (a <> b)", split("text"), "constraint found_it"),
                Arguments.of(index + " (a, id)", split("text"), "index found_it"),
                Arguments.of(index + " ((a || b))", split("text"), "index found_it"),
                Arguments.of(alter + "ADD CONSTRAINT found_it CHECK (b > id::text)", merge(), "constraint found_it"),
                Arguments.of(index + " (b, id)", moveColumn(NAME, "b", "details", "id", "ticket"), "index found_it"),
                Arguments.of(
                        alter + "ENABLE ROW LEVEL SECURITY",
                        moveColumn(NAME, "b", "details", "id", "ticket"),
                        "row security"),
                Arguments.of("", changeType(NAME, "a", "above").was("text"), "domain above"),
                Arguments.of("", split("below"), "domain below"),
                Arguments.of("", moveColumn(NAME, "c", "details", "id", "ticket"), "domain above"),
                Arguments.of("", addColumn(NAME, column("f", "checked")), "domain checked"),
                Arguments.of("", addColumn(NAME, column("f", "above COLLATE \"C\"")), "domain above"),
                Arguments.of("", addColumn(NAME, column("f", "never_null")).up("a"), "domain never_null"),
                Arguments.of("", addColumn(NAME, column("f", "below")).generated("a"), "domain below"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void is_refused_before_anything_is_changed(String obstacle, Operation operation, String named) {
        sql.execute("SELECT 1; " + obstacle);
        SchemaPicture before = SchemaAssert.schemaOf(database);

        assertThatThrownBy(() -> runner.run(operation.expand())).hasMessageContaining(named);
        SchemaAssert.sameSchema("a refused expand has changed something", before, SchemaAssert.schemaOf(database));
    }

    static Stream<Arguments> harmless() {
        String alter = "ALTER TABLE " + NAME + " ";
        return Stream.of(
                Arguments.of(alter + "ALTER a SET DEFAULT NULL", lowered()),
                Arguments.of(alter + "ALTER a SET DEFAULT 'N'", lowered().defaultValue("'n'", "'N'")),
                Arguments.of(alter + "ADD CHECK (a IS NOT NULL), ADD CHECK (b > '')", lowered()),
                Arguments.of("CREATE INDEX ON " + NAME + " (id, a) WHERE a IS NOT NULL", lowered()),
                Arguments.of(alter + "ADD CHECK (a > ''); CREATE INDEX ON " + NAME + " (a)", split("plain")),
                Arguments.of("", addColumn(NAME, column("f", "plain"))),
                Arguments.of("", addColumn(NAME, column("f", "no_domain.at_all[]"))),
                Arguments.of("", renameColumn(NAME, "c", "other")),
                Arguments.of("", renameColumn(NAME, "d", "other")));
    }

    @ParameterizedTest
    @MethodSource("harmless")
    void what_is_harmless_stands_in_nobodys_way(String what, Operation operation) {
        sql.execute("CREATE SCHEMA IF NOT EXISTS no_domain; DROP TYPE IF EXISTS no_domain.at_all;"
                + "CREATE TYPE no_domain.at_all AS (x int); " + what);

        runner.run(operation.expand());
        runner.run(operation.undoExpand());
    }

    @Test
    void a_table_without_pages_costs_nothing() {
        sql.execute("TRUNCATE details");

        runner.run(addColumn("details", column("f", "above")).expand());

        assertThat(sql.number("SELECT count(f) FROM details")).isZero();
    }

    @Test
    void the_server_does_write_a_table_anew_for_such_a_column() {
        String file = "SELECT pg_relation_filenode('details')";
        long before = sql.number(file);
        sql.execute("ALTER TABLE details ADD COLUMN f plain");
        assertThat(sql.number(file)).isEqualTo(before);

        sql.execute("ALTER TABLE details ADD COLUMN g above");

        assertThat(sql.number(file)).isNotEqualTo(before);
    }

    @Test
    void a_foreign_key_of_a_partitioned_table_is_refused_where_it_cannot_be_added_unchecked() {
        sql.execute("CREATE TABLE comments (ticket int CONSTRAINT found_it REFERENCES " + NAME
                + ") PARTITION BY LIST (ticket)");
        Operation change = changeType(NAME, "id", "bigint").was("integer");

        if (sql.number("SELECT current_setting('server_version_num')::int") < UNCHECKED_FROM_PARTITIONS) {
            assertThatThrownBy(() -> runner.run(change.expand()))
                    .hasMessageContaining("foreign key found_it of comments");
        } else {
            runner.run(change.expand());
            runner.run(change.undoExpand());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a::int", " \"a\" :: numeric(10, 2)", "a::\"My Type\"[]", "a::timestamp with time zone"})
    void a_column_in_another_type_is_a_cast(String up) {
        assertThat(Obstacles.isCast("a", up)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lower(a)", "a::int * 60", "b::int", "a::text || 'x'", "(a)", "a"})
    void anything_else_is_none(String up) {
        assertThat(Obstacles.isCast("a", up)).isFalse();
    }
}
