package dev.athanor.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.sql.QualifiedName;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Partitions that the application makes while the index of their table is built. */
@AthanorPostgres
class PartitionedIndexTest {
    private static final Index INDEX = Index.of(QualifiedName.parse("tickets"), "by \"id\"; drop", List.of("id"))
            .ofPartitions();

    private final Jdbc sql;
    private final PartRunner runner;

    PartitionedIndexTest(TestDatabase database) {
        this.sql = database.jdbc();
        this.runner = new PartRunner(sql);
    }

    @BeforeEach
    void fresh() {
        sql.execute("DROP TABLE IF EXISTS tickets;"
                + "CREATE TABLE tickets (id int, region text) PARTITION BY LIST (region);"
                + "CREATE TABLE tickets_eu PARTITION OF tickets FOR VALUES IN ('eu') PARTITION BY RANGE (id);"
                + "CREATE TABLE tickets_eu_old PARTITION OF tickets_eu FOR VALUES FROM (0) TO (10);"
                + "CREATE TABLE tickets_us PARTITION OF tickets FOR VALUES IN ('us')");
    }

    private void makePartitions() {
        sql.execute("CREATE TABLE tickets_eu_new PARTITION OF tickets_eu FOR VALUES FROM (10) TO (100);"
                + "CREATE TABLE tickets_as PARTITION OF tickets FOR VALUES IN ('as') PARTITION BY RANGE (id);"
                + "CREATE TABLE tickets_as_old PARTITION OF tickets_as FOR VALUES FROM (0) TO (10)");
    }

    private List<String> indexes() {
        return sql.texts("SELECT c.relname || CASE WHEN i.indisvalid THEN '' ELSE ' is invalid' END"
                + " FROM pg_partition_tree('tickets') t JOIN pg_class c ON c.oid = t.relid"
                + " JOIN pg_index i ON i.indrelid = t.relid ORDER BY 1");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void each_has_one_index_whenever_they_are_made(int partsBefore) {
        List<Part> parts = INDEX.restore();
        runner.run(parts.subList(0, partsBefore));
        makePartitions();
        runner.run(parts.subList(partsBefore, parts.size()));
        runner.run(parts);

        assertThat(indexes())
                .containsExactly(
                        "tickets",
                        "tickets_as",
                        "tickets_as_old",
                        "tickets_eu",
                        "tickets_eu_new",
                        "tickets_eu_old",
                        "tickets_us");
        runner.run(INDEX.drop());
        assertThat(indexes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void all_indexes_go_of_a_build_that_was_cut_off(int partsBefore) {
        runner.run(INDEX.restore().subList(0, partsBefore));
        makePartitions();

        runner.run(INDEX.drop());

        assertThat(indexes()).isEmpty();
    }

    @Test
    void what_is_there_by_its_name_is_not_taken_for_it() {
        sql.execute("CREATE INDEX \"by \"\"id\"\"; drop\" ON tickets (region)");

        assertThatThrownBy(() -> runner.run(INDEX.create())).hasMessageContaining("a name that nothing has");
    }
}
