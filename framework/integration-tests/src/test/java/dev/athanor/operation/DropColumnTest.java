package dev.athanor.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.catalog.SchemaPicture;
import dev.athanor.sql.QualifiedName;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.SchemaAssert;
import dev.athanor.testkit.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A column that cannot be dropped is refused while it still has its indexes and keys. */
@AthanorPostgres
class DropColumnTest {
    private static final String NAME = "\"tick\"\"ets; drop\"";

    private final TestDatabase database;
    private final Jdbc sql;
    private final PartRunner runner;

    DropColumnTest(TestDatabase database) {
        this.database = database;
        this.sql = database.jdbc();
        this.runner = new PartRunner(sql);
    }

    @BeforeEach
    void fresh() {
        sql.execute("DROP TABLE IF EXISTS comments, parts, children, parent, queues, " + NAME + " CASCADE;"
                + "CREATE TABLE queues (id int PRIMARY KEY);"
                + "CREATE TABLE " + NAME
                + " (id int PRIMARY KEY, a int NOT NULL UNIQUE CHECK (a > 0) REFERENCES queues,"
                + " b int DEFAULT 1, CONSTRAINT larger CHECK (a > b));"
                + "CREATE INDEX ON " + NAME + " (b, a); CREATE INDEX ON " + NAME + " (id) WHERE a > 1;"
                + "CREATE STATISTICS ON a, b FROM " + NAME);
    }

    private static DropColumn drop(String table) {
        return new DropColumn(QualifiedName.parse(table), "a", null, null, false, null, "", false);
    }

    private void isRefused(List<Part> parts, String named) {
        SchemaPicture before = SchemaAssert.schemaOf(database);
        assertThatThrownBy(() -> runner.run(parts)).hasMessageContaining(named);
        SchemaAssert.sameSchema("a refused part has changed something", before, SchemaAssert.schemaOf(database));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '\0', textBlock = """
            CREATE VIEW looks AS SELECT a FROM {t} ~ view looks
            CREATE VIEW looks AS SELECT id, a + 1 AS b FROM {t} ~ view looks
            CREATE POLICY mine ON {t} USING (a = 1) ~ policy mine
            ALTER TABLE {t} ADD COLUMN c int GENERATED ALWAYS AS (a + 1) STORED ~ column c
            CREATE TABLE comments (ticket int CONSTRAINT to_ticket REFERENCES {t} (a)) ~ constraint to_ticket
            ALTER TABLE {t} ADD CONSTRAINT to_self FOREIGN KEY (b) REFERENCES {t} (a) ~ constraint to_self
            """)
    void what_depends_on_it_is_named_in_expand_and_in_contract(String dependent, String named) {
        DropColumn drop = drop(NAME);
        runner.run(drop.expand());
        sql.execute(dependent.replace("{t}", NAME));

        isRefused(drop.contract(), named);
        isRefused(drop.expand(), named);
    }

    @Test
    void an_inherited_column_and_a_partition_key_are_refused() {
        sql.execute("CREATE TABLE parent (a int); CREATE TABLE children () INHERITS (parent);"
                + "CREATE TABLE parts (a int) PARTITION BY LIST (a)");

        isRefused(drop("children").expand(), "belongs to a parent");
        isRefused(drop("parts").contract(), "in which partition");
    }

    @Test
    void what_goes_away_with_it_stands_in_nobodys_way() {
        DropColumn drop = drop(NAME);
        runner.run(drop.expand());
        runner.run(drop.contract());

        assertThat(sql.texts("SELECT attname FROM pg_attribute WHERE attrelid = '" + NAME
                        + "'::regclass AND attnum > 0 AND NOT attisdropped ORDER BY 1"))
                .containsExactly("b", "id");
    }

    @Test
    void dependents_that_contract_drops_first_are_refused_in_contract_only_when_that_is_said() {
        sql.execute("CREATE VIEW looks AS SELECT a FROM " + NAME);
        DropColumn drop = Operations.dropColumn(NAME, Operations.column("a", "int"))
                .down("1")
                .afterItsDependents()
                .after("");

        runner.run(drop.expand());
        isRefused(drop.contract(), "view looks");
        isRefused(
                Operations.dropColumn(NAME, Operations.column("nothing", "int"))
                        .afterItsDependents()
                        .expand(),
                "no such column");
    }

    @Test
    void a_view_that_contract_drops_first_is_refused_in_contract_only() {
        sql.execute("CREATE VIEW looks AS SELECT a FROM " + NAME + "; COMMENT ON VIEW looks IS '"
                + Dependents.PASSING_VIEW + "'");
        DropColumn drop = drop(NAME);
        runner.run(drop.expand());

        isRefused(drop.contract(), "view looks");
    }
}
