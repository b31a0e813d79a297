package dev.athanor.operation;

import static dev.athanor.operation.Operations.addColumn;
import static dev.athanor.operation.Operations.changeType;
import static dev.athanor.operation.Operations.column;
import static dev.athanor.operation.Operations.dropColumn;
import static dev.athanor.operation.Operations.renameColumn;
import static dev.athanor.operation.Replacements.extractTable;
import static dev.athanor.operation.Replacements.mergeColumns;
import static dev.athanor.operation.Replacements.moveColumn;
import static dev.athanor.operation.Replacements.splitColumn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.catalog.SchemaPicture;
import dev.athanor.sql.QualifiedName;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.SchemaAssert;
import dev.athanor.testkit.TestDatabase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A column that the triggers of one operation read or write is not taken, or read by triggers, by another. */
@AthanorPostgres
class OtherOperationsTest {
    private static final String NAME = "\"tick\"\"ets; drop\"";
    private static final String A = "\"a\"\"; drop\"";

    private final TestDatabase database;
    private final Jdbc sql;
    private final PartRunner runner;

    OtherOperationsTest(TestDatabase database) {
        this.database = database;
        this.sql = database.jdbc();
        this.runner = new PartRunner(sql);
    }

    @BeforeEach
    void fresh() {
        sql.execute("CREATE TABLE " + NAME + " (id int PRIMARY KEY, " + A + " text, b text, c int);"
                + "CREATE TABLE details (ticket int PRIMARY KEY); INSERT INTO " + NAME + " VALUES (1, 'x', 'y', 1)");
    }

    @AfterEach
    void drop() {
        sql.execute("DROP TABLE details, " + NAME + " CASCADE;"
                + "DO $$ DECLARE f regprocedure; BEGIN FOR f IN SELECT oid FROM pg_proc WHERE proname LIKE 'athanor\\_%' LOOP"
                + " EXECUTE 'DROP FUNCTION ' || f; END LOOP; END $$");
    }

    private static Operation rename(String from, String to) {
        return renameColumn(NAME, from, to);
    }

    private static Operation split(String from) {
        return splitColumn(NAME, from, "text", new LinkedHashMap<>(Map.of("f", from, "g", from)), "f");
    }

    private static Operation merge(String one, String two) {
        LinkedHashMap<String, String> down = new LinkedHashMap<>();
        down.put(one, "h");
        down.put(two, "h");
        return mergeColumns(NAME, down, column("h", "text"), one + " || " + two);
    }

    private static Operation bigint() {
        return changeType(NAME, "c", "bigint").was("int");
    }

    private static Operation filled(String name, String up) {
        return addColumn(NAME, column(name, "text")).up(up);
    }

    private static Operation generated(String expression) {
        return addColumn(NAME, column("whole", "text")).generated(expression);
    }

    private static Operation notNull(String name, String up) {
        return new SetNotNull(QualifiedName.parse(NAME), name, up);
    }

    static Stream<Arguments> inEachOthersWay() {
        Operation generated = generated("\"tick\"\"ets; drop\"." + A + " || B");
        return Stream.of(
                Arguments.of(generated, rename(A, "x"), "zz_stored_"),
                Arguments.of(generated, rename("b", "x"), "b (trigger zz_stored_"),
                Arguments.of(generated, split("b"), "zz_stored_"),
                Arguments.of(generated, merge(A, "b"), "zz_stored_"),
                Arguments.of(generated, changeType(NAME, "b", "varchar").was("text"), "zz_stored_"),
                Arguments.of(generated, moveColumn(NAME, "b", "details", "id", "ticket"), "zz_stored_"),
                Arguments.of(generated, dropColumn(NAME, column("b", "text")), "trigger zz_stored_"),
                Arguments.of(generated, rename("whole", "x"), "whole (trigger zz_stored_"),
                Arguments.of(generated, filled("n", "whole"), "whole (trigger zz_stored_"),
                Arguments.of(filled("n", "b || 'x'"), rename("b", "x"), "b (trigger zz_fill_"),
                Arguments.of(filled("n", "b || 'x'"), rename("n", "x"), "n (trigger zz_fill_"),
                Arguments.of(filled("n", "b || 'x'"), filled("o", "n"), "n (trigger zz_fill_"),
                Arguments.of(rename(A, "x"), rename(A, "y"), "zz_u_sync_"),
                Arguments.of(rename("b", "x"), rename("x", "y"), "x (trigger zz_u_sync_"),
                Arguments.of(rename("b", "x"), split("x"), "zz_u_sync_"),
                Arguments.of(rename("b", "x"), split("b"), "zz_u_sync_"),
                Arguments.of(rename("b", "x"), changeType(NAME, "x", "varchar").was("text"), "zz_u_sync_"),
                Arguments.of(rename("b", "x"), filled("n", "upper(x)"), "zz_u_sync_"),
                Arguments.of(rename("b", "x"), generated("upper(b)"), "zz_u_sync_"),
                Arguments.of(rename("b", "x"), notNull("x", "'none'"), "zz_u_sync_"),
                Arguments.of(rename("b", "x"), merge(A, "x"), "zz_u_sync_"),
                Arguments.of(bigint(), rename("c", "x"), "c (trigger zz_u_sync_"),
                Arguments.of(bigint(), filled("n", "c::text"), "c (trigger zz_u_sync_"),
                Arguments.of(split(A), rename(A, "x"), "zz_u_sync_"),
                Arguments.of(
                        changeType(NAME, "id", "bigint").was("int"),
                        moveColumn(NAME, "b", "details", "id", "ticket"),
                        "id (trigger zz_u_sync_"),
                Arguments.of(
                        rename("b", "x"), extractTable(NAME, List.of("b"), "extracted", "id", "of_id"), "zz_u_sync_"),
                Arguments.of(
                        extractTable(NAME, List.of("b"), "extracted", "id", "of_id"),
                        rename("b", "x"),
                        "b (trigger zz_"),
                Arguments.of(moveColumn(NAME, "b", "details", "id", "ticket"), rename("b", "x"), "b (trigger zz_"));
    }

    @ParameterizedTest
    @MethodSource("inEachOthersWay")
    void the_second_is_refused_before_anything_is_changed(Operation first, Operation second, String named) {
        runner.run(first.expand());
        SchemaPicture before = SchemaAssert.schemaOf(database);

        assertThatThrownBy(() -> runner.run(second.expand())).hasMessageContaining(named);
        SchemaAssert.sameSchema("a refused expand has changed something", before, SchemaAssert.schemaOf(database));
        runner.run(first.undoExpand());
        assertThat(sql.number("SELECT count(*) FROM pg_proc WHERE proname LIKE 'athanor\\_%'"))
                .isZero();
    }

    static Stream<Arguments> besideEachOther() {
        return Stream.of(
                Arguments.of(filled("n", "b || 'x'"), filled("o", "b || 'y'")),
                Arguments.of(filled("n", "b || 'x'"), bigint()),
                Arguments.of(filled("n", "b || 'x'"), dropColumn(NAME, column("b", "text"))),
                Arguments.of(rename("b", "x"), bigint()),
                Arguments.of(rename("b", "x"), notNull("c", "0")),
                Arguments.of(bigint(), generated("upper(b)")));
    }

    @ParameterizedTest
    @MethodSource("besideEachOther")
    void what_has_nothing_to_do_with_each_other_goes_side_by_side(Operation first, Operation second) {
        for (Operation each : new Operation[] {first, second}) {
            runner.run(each.expand());
        }
        for (Operation each : new Operation[] {first, second}) {
            runner.run(each.backfill());
            runner.run(each.contract());
        }
        sql.execute("INSERT INTO " + NAME + " (id, c) VALUES (2, 2)");
    }

    @Test
    void the_server_keeps_what_a_generated_column_reads() {
        runner.run(generated("b || 'x'").expand());

        assertThatThrownBy(() -> sql.execute("ALTER TABLE " + NAME + " DROP COLUMN b"))
                .hasMessageContaining("zz_stored_");
    }

    @Test
    void a_generated_column_goes_away_with_its_trigger() {
        runner.run(generated("b || 'x'").expand());
        Operation drop = dropColumn(NAME, column("whole", "text"));
        runner.run(drop.expand());
        runner.run(drop.contract());

        sql.execute("INSERT INTO " + NAME + " (id, b) VALUES (2, 'z')");
        assertThat(sql.number("SELECT count(*) FROM pg_trigger WHERE tgrelid = '" + NAME + "'::regclass"))
                .isZero();
    }

    @Test
    void a_column_is_dropped_in_contract_only_when_no_trigger_reads_it_any_more() {
        Operation drop = dropColumn(NAME, column("b", "text"));
        Operation filled = filled("n", "b || 'x'");
        runner.run(drop.expand());
        runner.run(filled.expand());

        assertThatThrownBy(() -> runner.run(drop.contract())).hasMessageContaining("zz_fill_");
        runner.run(filled.backfill());
        runner.run(filled.contract());
        runner.run(drop.contract());
    }

    @Test
    void computed_columns_are_not_read_by_triggers() {
        sql.execute("ALTER TABLE " + NAME + " ADD COLUMN \"of b\" text GENERATED ALWAYS AS (b || 'x') STORED");

        for (Operation each : new Operation[] {
            filled("n", "upper(\"of b\")"),
            generated("upper(\"of b\")"),
            notNull("c", "length(\"of b\")"),
            changeType(NAME, "c", "text").by("\"of b\" || c", "c").was("int"),
            splitColumn(NAME, "b", "text", new LinkedHashMap<>(Map.of("f", "b", "g", "\"of b\"")), "f")
        }) {
            assertThatThrownBy(() -> runner.run(each.expand())).hasMessageContaining("of b");
        }
    }

    @Test
    void a_filled_column_is_filled_where_triggers_are_switched_off() {
        Operation generated = generated("b || 'x'");
        runner.run(generated.expand());

        sql.execute("SET session_replication_role = 'replica'; INSERT INTO " + NAME + " (id, b) VALUES (2, 'z')");

        assertThat(sql.text("SELECT whole FROM " + NAME + " WHERE id = 2")).isEqualTo("zx");
    }

    @Test
    void a_view_of_all_columns_waits_for_those_that_there_will_be() {
        runner.run(rename("b", "x").expand());
        QualifiedName table = QualifiedName.parse(NAME);

        for (Operation each :
                new Operation[] {new RenameTable(table, "others"), new VersionView(table, "v2", null, false)}) {
            assertThatThrownBy(() -> runner.run(each.expand())).hasMessageContaining("contract that one first");
        }
        runner.run(new VersionView(table, "v2", "id, x", false).expand());
        sql.execute("DROP SCHEMA v2 CASCADE");
    }

    @Test
    void a_view_that_reads_both_names_is_refused_by_name() {
        Operation rename = rename("b", "x");
        runner.run(rename.expand());
        sql.execute("CREATE VIEW looks AS SELECT id, b, x FROM " + NAME);

        assertThatThrownBy(() -> runner.run(rename.contract())).hasMessageContaining("view looks");
        sql.execute("DROP VIEW looks; CREATE VIEW looks AS SELECT id, x FROM " + NAME);
        runner.run(rename.contract());
        assertThat(sql.text("SELECT x FROM looks")).isEqualTo("y");
    }
}
