package dev.athanor.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.plan.Step.SchemaStep;
import dev.athanor.source.SchemaOptions;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Statements of scripts outside a transaction have the limits that the engine would give them. */
class ScriptLimitsTest {
    private static SchemaStep step(@Nullable Duration lock, boolean rows, String... statements) {
        SchemaOptions options = new SchemaOptions(false, lock, null, null, rows);
        return new SchemaStep("a", 0, "expand-1", "a.sql:1", options, List.of(statements));
    }

    private static String text(SchemaStep step, int number) {
        return new ScriptLimits(step, number).text();
    }

    @Test
    void each_statement_has_those_of_its_kind_and_leaves_none_behind() {
        SchemaStep step = step(null, false, "CREATE INDEX CONCURRENTLY i ON t (a)", "ANALYZE t", "DROP TABLE t");

        assertThat(text(step, 1)).isEqualTo("""
                SET lock_timeout = 1800000;
                SET statement_timeout = 0;
                CREATE INDEX CONCURRENTLY i ON t (a);
                RESET lock_timeout;
                RESET statement_timeout;
                """);
        assertThat(text(step, 2)).startsWith("SET lock_timeout = 30000;\nSET statement_timeout = 0;\nANALYZE t;\n");
        assertThat(text(step, 3)).isEqualTo("SET lock_timeout = 2000;\nDROP TABLE t;\nRESET lock_timeout;\n");
    }

    @Test
    void the_directive_counts_before_the_kind_and_what_is_set_before_both() {
        assertThat(text(step(Duration.ofMillis(200), false, "DROP TABLE t"), 1))
                .isEqualTo("SET lock_timeout = 200;\nDROP TABLE t;\nRESET lock_timeout;\n");
        SchemaStep own = step(null, false, "SET LOCK_TIMEOUT = '3s'", "DROP TABLE t", "ANALYZE t");
        assertThat(text(own, 1)).isEqualTo("SET LOCK_TIMEOUT = '3s';\n");
        assertThat(text(own, 2)).isEqualTo("DROP TABLE t;\n");
        assertThat(text(own, 3)).isEqualTo("SET statement_timeout = 0;\nANALYZE t;\nRESET statement_timeout;\n");
    }

    @Test
    void of_the_rows_of_a_query_each_has_its_own() {
        assertThat(text(step(null, true, "SELECT s FROM wanted -- all"), 1))
                .contains(
                        "concurrently\\M' THEN 'SET lock_timeout = 1800000'",
                        "ELSE 'SET lock_timeout = 2000' END,",
                        "THEN 'SET statement_timeout = 0'",
                        "ELSE 'RESET statement_timeout' END,",
                        "FROM (\nSELECT s FROM wanted -- all\n) AS asked (statement)\n\\gexec\n")
                .endsWith("\\gexec\nRESET lock_timeout;\nRESET statement_timeout;\n");
    }

    @Test
    void a_query_that_changes_rows_stands_by_itself() {
        String query = "WITH gone AS (DELETE FROM t RETURNING s) SELECT s FROM gone";

        assertThat(text(step(null, true, query), 1))
                .isEqualTo("SET lock_timeout = 2000;\n" + query + "\n\\gexec\nRESET lock_timeout;\n");
    }
}
