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
}
