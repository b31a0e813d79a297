package dev.athanor.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.sql.QualifiedName;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What stands in the way of replacing a column is told by name, and nothing is changed. */
@AthanorPostgres
class DependentsTest {
    private static final String NAME = "\"tick\"\"ets; drop\"";
    private static final QualifiedName TABLE = QualifiedName.parse(NAME);

    private final Jdbc sql;

    DependentsTest(TestDatabase server) {
        this.sql = server.jdbc();
    }

    @BeforeEach
    void fresh() {
        sql.execute("DROP TABLE IF EXISTS " + NAME + " CASCADE; DROP TABLE IF EXISTS parts, parent CASCADE;"
                + "CREATE TABLE " + NAME + " (id int PRIMARY KEY, a int DEFAULT 1 CHECK (a > 0), b int UNIQUE);"
                + "CREATE INDEX ON " + NAME + " (a)");
    }

    private void run(String query) {
        sql.texts(query).forEach(sql::execute);
    }

    private void isRefused(String column, String... names) {
        assertThatThrownBy(() -> {
                    run(Dependents.refuseOddOrPartitioned(TABLE, column));
                    run(Dependents.refuseDependents(TABLE, column));
                })
                .hasMessageContaining("55000")
                .hasMessageContainingAll(names);
    }

    @Test
    void what_goes_over_stands_in_nobodys_way() {
        assertThat(sql.texts(Dependents.refuseDependents(TABLE, "a"))).isEmpty();
        assertThat(sql.texts(Dependents.refuseOddOrPartitioned(TABLE, "a"))).isEmpty();
    }

    @Test
    void views_policies_triggers_and_generated_columns_are_named() {
        sql.execute("CREATE VIEW looks AS SELECT a FROM " + NAME + ";"
                + "CREATE POLICY mine ON " + NAME + " USING (a = 1);"
                + "CREATE OR REPLACE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;"
                + "CREATE TRIGGER watch BEFORE UPDATE OF a ON " + NAME + " FOR EACH ROW EXECUTE FUNCTION nothing();"
                + "ALTER TABLE " + NAME + " ADD COLUMN c int GENERATED ALWAYS AS (a + 1) STORED");

        isRefused("a", "view looks", "policy mine", "trigger watch", "column c");
        isRefused("c", "a column that the server computes");
    }

    @Test
    void a_view_that_goes_away_in_contract_does_not_count() {
        sql.execute("CREATE VIEW looks AS SELECT a FROM " + NAME + "; COMMENT ON VIEW looks IS '"
                + Dependents.PASSING_VIEW + "'");

        assertThat(sql.texts(Dependents.refuseDependents(TABLE, "a"))).isEmpty();
    }

    @Test
    void exclusion_constraints_and_keys_are_named() {
        sql.execute("ALTER TABLE " + NAME + " ADD CONSTRAINT apart EXCLUDE USING btree (a WITH =)");

        isRefused("a", "constraint apart");
        assertThatThrownBy(() -> run(Dependents.refuseKeys(TABLE, "b"))).hasMessageContaining("found key");
        assertThat(sql.texts(Dependents.refuseKeys(new QualifiedName(null, "tick\"ets; drop"), "nothing")))
                .isEmpty();
    }

    @Test
    void odd_columns_are_refused() {
        sql.execute("CREATE TABLE parts (id int, a int) PARTITION BY RANGE (a);"
                + "CREATE TABLE parent (a int); CREATE TABLE child () INHERITS (parent)");

        isRefused("nothing", "no such column");
        assertThatThrownBy(() -> run(Dependents.refuseOddColumn(new QualifiedName(null, "parts"), "a")))
                .hasMessageContaining("in which partition");
        assertThat(sql.texts(Dependents.refuseOddColumn(new QualifiedName(null, "parts"), "id")))
                .isEmpty();
        assertThatThrownBy(() -> run(Dependents.refuseOddOrPartitioned(new QualifiedName(null, "parts"), "id")))
                .hasMessageContaining("partitioned");
        assertThatThrownBy(() -> run(Dependents.refuseOddColumn(new QualifiedName(null, "parent"), "a")))
                .hasMessageContaining("others inherit");
        assertThatThrownBy(() -> run(Dependents.refuseOddColumn(new QualifiedName(null, "child"), "a")))
                .hasMessageContaining("parent of the table");
    }
}
