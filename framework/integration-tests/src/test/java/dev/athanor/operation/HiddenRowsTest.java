package dev.athanor.operation;

import static dev.athanor.operation.Operations.addColumn;
import static dev.athanor.operation.Operations.changeType;
import static dev.athanor.operation.Operations.column;
import static dev.athanor.operation.Operations.dropColumn;
import static dev.athanor.operation.Operations.renameColumn;
import static dev.athanor.operation.Replacements.mergeColumns;
import static dev.athanor.operation.Replacements.splitColumn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.sql.QualifiedName;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows that the role does not see would be neither filled nor counted: nothing is begun then, and nothing taken away. */
@AthanorPostgres
class HiddenRowsTest {
    private static final String NAME = "\"tick\"\"ets; drop\"";
    private static final String OWNER = "\"ow\"\"ner; x\"";

    private final Jdbc sql;
    private final PartRunner runner;

    HiddenRowsTest(TestDatabase database) {
        this.sql = database.jdbc();
        this.runner = new PartRunner(sql);
    }

    @BeforeEach
    void fresh() {
        sql.execute("CREATE ROLE " + OWNER + "; GRANT CREATE ON SCHEMA public TO " + OWNER + ";"
                + "CREATE TABLE " + NAME + " (id int PRIMARY KEY, a text, b text, c int);"
                + "CREATE TABLE details (ticket int PRIMARY KEY); ALTER TABLE " + NAME + " OWNER TO " + OWNER + ";"
                + "ALTER TABLE details OWNER TO " + OWNER + ";"
                + "INSERT INTO " + NAME + " SELECT n, 'x', 'y', 1 FROM generate_series(1, 4) n;"
                + "CREATE POLICY even ON " + NAME + " USING (id % 2 = 0);"
                + "ALTER TABLE " + NAME + " ENABLE ROW LEVEL SECURITY");
        become("SET role = " + OWNER);
    }

    /** Sessions from now on. */
    private void become(String change) {
        sql.execute("SET ROLE NONE; DO $x$ BEGIN EXECUTE format('ALTER DATABASE %I ', current_database()) || $y$"
                + change + "$y$; END $x$");
    }

    private void force(String how) {
        sql.execute("ALTER TABLE " + NAME + " " + how + " ROW LEVEL SECURITY");
    }

    @AfterEach
    void drop() {
        become("RESET role");
        sql.execute(
                "DROP TABLE details, " + NAME + " CASCADE; DROP OWNED BY " + OWNER + " CASCADE; DROP ROLE " + OWNER);
    }

    static Stream<Arguments> operations() {
        LinkedHashMap<String, String> down = new LinkedHashMap<>();
        down.put("a", "f");
        down.put("b", "f");
        return Stream.of(
                Arguments.of(renameColumn(NAME, "a", "x")),
                Arguments.of(changeType(NAME, "c", "bigint").was("int")),
                Arguments.of(changeType(NAME, "c", "bigint").to("d").was("int")),
                Arguments.of(splitColumn(NAME, "a", "text", new LinkedHashMap<>(Map.of("f", "a", "g", "a")), "f")
                        .was("text")),
                Arguments.of(
                        mergeColumns(NAME, down, column("f", "text"), "a || b").was("text", "text")),
                Arguments.of(addColumn(NAME, column("f", "text")).up("a")),
                Arguments.of(addColumn(NAME, column("f", "text")).generated("a")),
                Arguments.of(new SetNotNull(QualifiedName.parse(NAME), "a", "'x'")),
                Arguments.of(new MoveColumn(
                        QualifiedName.parse(NAME), "a", QualifiedName.parse("details"), "a", "id", "ticket", true)));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void are_told_before_anything_is_changed(Operation operation) {
        force("FORCE");

        assertThatThrownBy(() -> runner.run(operation.expand())).hasMessageContaining("BYPASSRLS");
        assertThat(sql.number(
                        "SELECT count(*) FROM pg_attribute WHERE attrelid = '" + NAME + "'::regclass AND attnum > 0"))
                .isEqualTo(4);
        force("NO FORCE");
        runner.run(operation.expand());
        runner.run(operation.undoExpand());
    }

    static Stream<Arguments> destroying() {
        return operations().skip(1).limit(4);
    }

    @ParameterizedTest
    @MethodSource("destroying")
    void are_told_before_anything_is_taken_away(Operation operation) {
        runner.run(operation.expand());
        force("FORCE");
        runner.run(operation.backfill());

        assertThatThrownBy(() -> runner.run(operation.contract())).hasMessageContaining("BYPASSRLS");
        force("NO FORCE");
        runner.run(operation.backfill());
        runner.run(operation.contract());
    }

    @ParameterizedTest
    @MethodSource("destroying")
    void are_told_on_the_way_back(Operation operation) {
        runner.run(operation.expand());
        runner.run(operation.backfill());
        runner.run(operation.contract());
        force("FORCE");

        assertThatThrownBy(() -> runner.run(operation.undoContract())).hasMessageContaining("BYPASSRLS");
        force("NO FORCE");
        runner.run(operation.undoContract());
        runner.run(operation.undoExpand());
        assertThat(sql.number("SELECT count(*) FROM " + NAME + " WHERE a IS NOT NULL AND c = 1"))
                .isEqualTo(4);
    }

    @ParameterizedTest
    @MethodSource("dropped")
    void are_told_where_a_dropped_column_is_filled_again(Operation operation) {
        runner.run(operation.expand());
        runner.run(operation.contract());
        force("FORCE");

        assertThatThrownBy(() -> runner.run(operation.undoContract())).hasMessageContaining("row security hides rows");
        force("NO FORCE");
        runner.run(operation.undoContract());
        assertThat(sql.number("SELECT count(*) FROM " + NAME + " WHERE a = 'y'"))
                .isEqualTo(4);
    }

    static Stream<Arguments> dropped() {
        return Stream.of(Arguments.of(dropColumn(NAME, column("a", "text")).down("b")));
    }
}
