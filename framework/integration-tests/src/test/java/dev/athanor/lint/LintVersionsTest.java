package dev.athanor.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.testkit.EachPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.util.List;

/** What lint takes for true of every version, asked of each. */
class LintVersionsTest {

    @EachPostgres
    void functions_that_count_as_safe_are_volatile_nowhere(TestDatabase database) {
        List<String> names = database.jdbc()
                .texts("SELECT DISTINCT proname::text FROM pg_proc"
                        + " WHERE provolatile = 'v' AND pronamespace = 'pg_catalog'::regnamespace");
        assertThat(names).contains("random", "clock_timestamp").noneMatch(Volatility::isKnownSafe);
        assertThat(database.jdbc()
                        .texts("SELECT DISTINCT proname::text FROM pg_proc WHERE proname IN ('now', 'md5', 'lower')"))
                .allMatch(Volatility::isKnownSafe);
    }

    @EachPostgres
    void what_lint_says_that_the_server_refuses_it_does_refuse(TestDatabase database) {
        Jdbc jdbc = database.jdbc();
        jdbc.execute("CREATE TABLE events (at int NOT NULL) PARTITION BY RANGE (at);"
                + "CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (1) TO (2);"
                + "CREATE TABLE events_rest PARTITION OF events DEFAULT; CREATE INDEX ix ON events (at);"
                + "CREATE TABLE bookings (during tsrange)");
        for (String refused : List.of(
                "CREATE INDEX CONCURRENTLY iy ON events (at)",
                "DROP INDEX CONCURRENTLY ix",
                "BEGIN; CREATE INDEX CONCURRENTLY iy ON events_1 (at)",
                "BEGIN; ALTER TABLE events DETACH PARTITION events_1 CONCURRENTLY",
                "ALTER TABLE events DETACH PARTITION events_1 CONCURRENTLY",
                "ALTER TABLE bookings ADD EXCLUDE USING gist (during WITH &&) NOT VALID")) {
            assertThatThrownBy(() -> jdbc.execute(refused)).as(refused).isNotNull();
        }
    }

    @EachPostgres
    void a_key_of_a_partitioned_table_takes_over_those_of_its_partitions(TestDatabase database) {
        Jdbc jdbc = database.jdbc();
        jdbc.execute(
                "CREATE TABLE users (id int PRIMARY KEY); CREATE TABLE calls (at int, by int) PARTITION BY RANGE (at);"
                        + "CREATE TABLE calls_1 PARTITION OF calls FOR VALUES FROM (1) TO (2)");
        String key = " ADD CONSTRAINT fk FOREIGN KEY (by) REFERENCES users";
        if (jdbc.number("SELECT current_setting('server_version_num')::int / 10000") < 18) {
            assertThatThrownBy(() -> jdbc.execute("ALTER TABLE calls" + key + " NOT VALID"))
                    .isNotNull();
        } else {
            jdbc.execute("BEGIN; ALTER TABLE calls" + key + " NOT VALID; ROLLBACK");
        }
        jdbc.execute("ALTER TABLE calls_1" + key + " NOT VALID; ALTER TABLE calls_1 VALIDATE CONSTRAINT fk;"
                + "ALTER TABLE calls" + key);
        assertThat(jdbc.number("SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND convalidated"
                        + " AND conrelid IN ('calls'::regclass, 'calls_1'::regclass)"))
                .isEqualTo(2);
    }

    @EachPostgres
    void a_type_that_keeps_the_rows_keeps_no_index_with_an_expression_or_a_condition(TestDatabase database) {
        Jdbc jdbc = database.jdbc();
        jdbc.execute("CREATE TABLE t (a varchar(10)); INSERT INTO t VALUES ('x'); CREATE INDEX plain ON t (a);"
                + "CREATE INDEX partial ON t (a) WHERE a <> ''; CREATE INDEX expression ON t (lower(a))");
        String files = "SELECT relname || ' ' || relfilenode FROM pg_class WHERE relname IN"
                + " ('t', 'plain', 'partial', 'expression') ORDER BY 1";
        List<String> before = jdbc.texts(files);
        jdbc.execute("ALTER TABLE t ALTER a TYPE varchar(20)");
        assertThat(jdbc.texts(files))
                .hasSize(4)
                .containsSubsequence(before.get(2), before.get(3))
                .doesNotContain(before.get(0), before.get(1));
    }
}
