package dev.athanor.operation;

import static dev.athanor.operation.Replacements.moveColumn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who writes one of two tables that write each other must be able to write the other, by grants on tables or columns. */
@AthanorPostgres
class ForeignWritersTest {
    private static final String OLD = "\"tick\"\"ets; drop\"";
    private static final String WRITER = "\"wri\"\"ter; x\"";

    private final Jdbc sql;
    private final PartRunner runner;
    private final Operation move = moveColumn(OLD, "\"no te\"", "details", "id", "ticket");

    ForeignWritersTest(TestDatabase database) {
        this.sql = database.jdbc();
        this.runner = new PartRunner(sql);
    }

    @BeforeEach
    void tables() {
        sql.execute(
                "CREATE ROLE " + WRITER + "; CREATE TABLE " + OLD + " (id int PRIMARY KEY, \"no te\" text, other text);"
                        + "CREATE TABLE details (ticket int PRIMARY KEY, more text);"
                        + "INSERT INTO " + OLD + " VALUES (1, 'x'); INSERT INTO details VALUES (1)");
    }

    @AfterEach
    void drop() {
        sql.execute("DROP TABLE " + OLD + ", details; "
                + "DO $$ DECLARE f regprocedure; BEGIN FOR f IN SELECT oid FROM pg_proc WHERE proname LIKE 'athanor\\_%' LOOP"
                + " EXECUTE 'DROP FUNCTION ' || f; END LOOP; END $$; DROP ROLE " + WRITER);
    }

    private void grant(String privileges) {
        for (String each : privileges.split(";")) {
            sql.execute("GRANT " + each.replace("{old}", OLD).replace("{writer}", WRITER));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            INSERT ON {old} TO {writer} | SELECT and SELECT (ticket) and UPDATE on details
            UPDATE ("no te") ON {old} TO {writer} | details
            INSERT (id) ON {old} TO {writer} | details
            INSERT ON {old} TO {writer}; UPDATE (more), SELECT ON details TO {writer} | without UPDATE on details
            UPDATE ON details TO {writer} | SELECT (id) and SELECT ("no te") and UPDATE ("no te")
            INSERT ON details TO {writer}; SELECT, UPDATE (other) ON {old} TO {writer} | without UPDATE ("no te")
            INSERT ON details TO PUBLIC | that public writes details
            """)
    void who_cannot_is_named(String privileges, String named) {
        grant(privileges);

        assertThatThrownBy(() -> runner.run(move.expand())).hasMessageContaining(named);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            UPDATE (other) ON {old} TO {writer}
            SELECT ON {old} TO {writer}
            INSERT, SELECT, UPDATE ON {old} TO {writer}; SELECT, UPDATE ON details TO {writer}
            INSERT, SELECT, UPDATE ON details TO {writer}; SELECT (id, "no te"), UPDATE ("no te") ON {old} TO {writer}
            INSERT, SELECT, UPDATE ON details TO PUBLIC; SELECT (id, "no te"), UPDATE ("no te") ON {old} TO PUBLIC
            """)
    void who_can_or_writes_something_else_stands_in_nobodys_way(String privileges) {
        grant(privileges);

        runner.run(move.expand());
    }

    @Test
    void grants_on_columns_are_enough_for_the_triggers() {
        grant(
                "SELECT, INSERT, UPDATE ON details TO {writer};SELECT (id, \"no te\"), UPDATE (\"no te\") ON {old} TO {writer}");
        runner.run(move.expand());

        sql.execute("INSERT INTO " + OLD + " VALUES (2, 'y')");
        sql.execute("SET ROLE " + WRITER + "; INSERT INTO details (ticket) VALUES (2);"
                + " UPDATE details SET \"no te\" = 'z' WHERE ticket = 1; RESET ROLE");

        assertThat(sql.text("SELECT \"no te\" FROM details WHERE ticket = 2")).isEqualTo("y");
        assertThat(sql.text("SELECT \"no te\" FROM " + OLD + " WHERE id = 1")).isEqualTo("z");
    }
}
