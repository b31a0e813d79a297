package dev.athanor.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.postgres.ConnectionUrl;
import dev.athanor.postgres.Database;
import dev.athanor.postgres.PoolSettings;
import dev.athanor.postgres.TargetFactsReader;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What lint says when it can look at the target. */
@AthanorPostgres
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LintOnServerTest {
    private static final String TABLES = """
            CREATE SCHEMA desk;
            CREATE TABLE users (id int PRIMARY KEY, phone varchar(20), email varchar(50) NOT NULL, note text,
                CONSTRAINT phone_set CHECK (length(phone) > 2), CONSTRAINT note_set CHECK (note IS NOT NULL));
            CREATE TABLE desk."tick""ets; drop" (id bigint PRIMARY KEY, "User" bigint REFERENCES users,
                parent bigint REFERENCES desk."tick""ets; drop", body text);
            INSERT INTO desk."tick""ets; drop" SELECT i, NULL, NULL, repeat(md5(i::text), 100)
              FROM generate_series(1, 30) i;
            CREATE INDEX "i""x" ON desk."tick""ets; drop" ("User", lower(body));
            CREATE TABLE events (at int NOT NULL) PARTITION BY RANGE (at);
            CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (1) TO (2);
            CREATE TABLE events_rest PARTITION OF events DEFAULT;
            CREATE INDEX ix_events ON events (at);
            CREATE FUNCTION label() RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT ''x''';
            CREATE FUNCTION stamp() RETURNS text LANGUAGE sql AS 'SELECT clock_timestamp()::text';
            """;

    private final TestDatabase server;
    private final Database database;

    LintOnServerTest(TestDatabase server) {
        this.server = server;
        this.database = Database.open(ConnectionUrl.parse(server.url(), Map.of()), PoolSettings.DEFAULTS);
    }

    @BeforeAll
    void tables() {
        server.jdbc().execute(TABLES);
    }

    @AfterAll
    void close() {
        database.close();
    }

    private List<Finding> lint(boolean transactional, String sql) {
        LintedSection section = new LintedSection(SectionKind.CONTRACT, transactional, sql, "a.sql", 1);
        TargetFactsReader facts = new TargetFactsReader(database.transactions());
        return new Linter(LintSettings.of(PgVersion.NEWEST), facts).lint(List.of(section));
    }

    private Set<LintRule> rules(boolean transactional, String sql) {
        Set<LintRule> rules = new TreeSet<>();
        lint(transactional, sql).forEach(finding -> rules.add(finding.rule()));
        return rules;
    }

    private Optional<Finding> find(LintRule rule, String sql) {
        return lint(true, sql).stream()
                .filter(finding -> finding.rule() == rule)
                .findFirst();
    }

    @Test
    void types_checks_and_nulls_are_known() {
        assertThat(rules(true, "ALTER TABLE users ALTER email TYPE varchar(60)"))
                .doesNotContain(LintRule.CL6);
        assertThat(rules(true, "ALTER TABLE users ALTER email TYPE varchar(40)"))
                .contains(LintRule.CL6);
        assertThat(rules(true, "ALTER TABLE users ALTER phone TYPE varchar(60)"))
                .contains(LintRule.CL7)
                .doesNotContain(LintRule.CL6);
        assertThat(rules(true, "ALTER TABLE users ALTER note SET NOT NULL")).doesNotContain(LintRule.CO11);
        assertThat(rules(true, "ALTER TABLE users ALTER email SET NOT NULL")).doesNotContain(LintRule.CO11);
        assertThat(rules(true, "ALTER TABLE users ALTER phone SET NOT NULL")).contains(LintRule.CO11);
        assertThat(rules(
                        true,
                        "ALTER TABLE users ADD boss bigint; ALTER TABLE users ADD FOREIGN KEY (boss)"
                                + " REFERENCES desk.\"tick\"\"ets; drop\" NOT VALID"))
                .doesNotContain(LintRule.CO6);
        assertThat(rules(
                        true,
                        "ALTER TABLE users ADD boss int; ALTER TABLE users ADD FOREIGN KEY (boss)"
                                + " REFERENCES desk.\"tick\"\"ets; drop\" NOT VALID"))
                .contains(LintRule.CO6);
    }

    @Test
    void partitioned_tables_and_their_indexes_are_known() {
        assertThat(rules(false, "CREATE INDEX CONCURRENTLY ix ON events (at)")).contains(LintRule.IX2);
        assertThat(rules(false, "CREATE INDEX CONCURRENTLY ix ON events_1 (at)"))
                .doesNotContain(LintRule.IX2);
        assertThat(rules(false, "DROP INDEX CONCURRENTLY IF EXISTS ix_events")).contains(LintRule.IX2);
        assertThat(rules(true, "DROP INDEX ix_events")).doesNotContain(LintRule.IX6);
    }

    @Test
    void functions_of_the_target_are_asked_for_their_volatility() {
        assertThat(rules(true, "ALTER TABLE users ADD a text DEFAULT label()")).doesNotContain(LintRule.CL1);
        assertThat(rules(true, "ALTER TABLE users ADD a text DEFAULT public.stamp()"))
                .contains(LintRule.CL1);
        assertThat(rules(true, "ALTER TABLE users ADD a text DEFAULT now()::text"))
                .doesNotContain(LintRule.CL1);
    }

    @Test
    void keys_and_tables_of_indexes_are_known_under_hostile_names() {
        assertThat(find(LintRule.IX6, "DROP INDEX desk.\"i\"\"x\"")
                        .orElseThrow()
                        .table())
                .hasToString("\"desk\".\"tick\"\"ets; drop\"");
        assertThat(rules(true, "DROP TABLE desk.\"tick\"\"ets; drop\"")).contains(LintRule.TB4);
    }
}
