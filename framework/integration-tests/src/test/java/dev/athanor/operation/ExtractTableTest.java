package dev.athanor.operation;

import static dev.athanor.operation.Replacements.extractTable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What stands in the way of an extraction is told by name with nothing changed; and who writes what, in odd ways. */
@AthanorPostgres
class ExtractTableTest {
    private static final ExtractTable EXTRACTION =
            extractTable("people", List.of("street", "\"Ci;ty\""), "places", "id", "person");

    private final Jdbc sql;
    private final PartRunner runner;

    ExtractTableTest(TestDatabase server) {
        this.sql = server.jdbc();
        this.runner = new PartRunner(sql);
    }

    @BeforeEach
    void fresh() {
        sql.execute("DROP TABLE IF EXISTS places, people, other CASCADE;"
                + "DO $$ DECLARE f regprocedure; BEGIN FOR f IN SELECT oid FROM pg_proc WHERE proname LIKE 'athanor\\_%'"
                + " LOOP EXECUTE 'DROP FUNCTION ' || f; END LOOP; END $$;"
                + "CREATE TABLE people (id int PRIMARY KEY, n int, street text, \"Ci;ty\" text);"
                + "INSERT INTO people SELECT n, n, 's' || n, 'c' || n FROM generate_series(1, 5) n");
    }

    private void isRefused(ExtractTable extraction, String... names) {
        assertThatThrownBy(() -> {
                    try (Connection connection = sql.connect();
                            Statement statement = connection.createStatement()) {
                        connection.setAutoCommit(false);
                        PartRunner.run(statement, extraction.expand().get(0));
                    }
                })
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("55000"))
                .hasMessageContainingAll(names);
        assertThat(sql.text("SELECT to_regclass('places')::text")).isNull();
    }

    private List<String> both() {
        return sql.texts("SELECT concat_ws(' ', id, coalesce(p.street, '-'), coalesce(city, '-'), '/', person,"
                + " coalesce(q.street, '-'), coalesce(q.\"Ci;ty\", '-'))"
                + " FROM (SELECT id, street, \"Ci;ty\" FROM people) p (id, street, city)"
                + " LEFT JOIN places q ON person = id ORDER BY id");
    }

    @Test
    void a_key_is_one_column_that_is_unique_and_never_null() {
        isRefused(extractTable("people", List.of("street"), "places", "n", "person"), "no key", "\"people\".\"n\"");
        sql.execute("CREATE UNIQUE INDEX ON people (n)");
        isRefused(extractTable("people", List.of("street"), "places", "n", "person"), "NOT NULL");
        sql.execute("ALTER TABLE people ALTER COLUMN n SET NOT NULL");

        runner.run(extractTable("people", List.of("street"), "places", "n", "person")
                .expand());

        assertThat(sql.number(
                        "SELECT count(*) FROM pg_constraint WHERE conrelid = 'places'::regclass AND contype = 'f'"))
                .isEqualTo(1);
    }

    @Test
    void what_is_about_other_columns_too_is_named() {
        sql.execute("ALTER TABLE people ADD CONSTRAINT mixed CHECK (n > 0 OR street > ''),"
                + " ADD CONSTRAINT later CHECK (street > '') NOT VALID;"
                + "CREATE INDEX by_both ON people (n) WHERE street IS NOT NULL;"
                + "CREATE STATISTICS together ON street, \"Ci;ty\" FROM people;"
                + "CREATE SEQUENCE numbers OWNED BY people.street");

        isRefused(EXTRACTION, "check mixed", "check later", "index by_both", "statistics together", "sequence numbers");
    }

    @Test
    void checks_and_indexes_do_not_go_over_under_other_names() {
        sql.execute(
                "ALTER TABLE people ADD CONSTRAINT filled CHECK (street > ''); CREATE INDEX by_street ON people (street)");

        isRefused(EXTRACTION.to("a", "b"), "check filled", "index by_street");
        runner.run(EXTRACTION.expand());
        assertThat(sql.texts("SELECT indexname::text FROM pg_indexes WHERE tablename = 'places' ORDER BY 1"))
                .containsExactly("places_pkey", "places_street_idx");
    }

    @Test
    void keys_and_views_are_named() {
        sql.execute("CREATE VIEW looks AS SELECT street FROM people");
        isRefused(EXTRACTION, "view looks");
        sql.execute("DROP VIEW looks; ALTER TABLE people ADD CONSTRAINT apart UNIQUE (street)");
        isRefused(EXTRACTION, "apart");
    }

    @Test
    void who_may_not_write_both_is_named() {
        sql.execute("DROP ROLE IF EXISTS extract_clerk; CREATE ROLE extract_clerk;"
                + "GRANT SELECT, INSERT ON people TO extract_clerk");
        try {
            isRefused(EXTRACTION, "extract_clerk", "UPDATE");
            runner.run(EXTRACTION.withoutSync().expand());
        } finally {
            sql.execute("DROP TABLE IF EXISTS places; DROP OWNED BY extract_clerk; DROP ROLE extract_clerk");
        }
    }

    @Test
    void roles_that_write_the_old_table_write_the_new_one_through_it() {
        sql.execute("DROP ROLE IF EXISTS extract_clerk; CREATE ROLE extract_clerk;"
                + "GRANT SELECT, INSERT, UPDATE, DELETE ON people TO extract_clerk");
        try {
            runner.run(EXTRACTION.expand());
            sql.execute(
                    "SET ROLE extract_clerk; UPDATE people SET street = 'x' WHERE id = 1; DELETE FROM people WHERE id > 2;"
                            + "INSERT INTO people VALUES (6, 6, 'six'); INSERT INTO places VALUES (2, 'y')");

            assertThat(both()).containsExactly("1 x c1 / 1 x c1", "2 y c2 / 2 y c2", "6 six - / 6 six -");
        } finally {
            sql.execute("DROP TABLE IF EXISTS places; DROP OWNED BY extract_clerk; DROP ROLE extract_clerk");
        }
    }

    @Test
    void what_triggers_of_the_application_make_of_a_row_is_what_the_other_side_gets() {
        sql.execute("""
                CREATE OR REPLACE FUNCTION capitals() RETURNS trigger LANGUAGE plpgsql AS $$
                  BEGIN UPDATE people SET street = upper(street) WHERE id = NEW.id AND street <> upper(street); RETURN NULL; END $$;
                CREATE TRIGGER capitals AFTER INSERT OR UPDATE ON people FOR EACH ROW EXECUTE FUNCTION capitals()""");
        runner.run(EXTRACTION.expand());

        sql.execute("INSERT INTO people VALUES (7, 7, 'seven'); UPDATE people SET street = 'one' WHERE id = 1;"
                + "DELETE FROM people WHERE id BETWEEN 2 AND 5");

        assertThat(both()).containsExactly("1 ONE c1 / 1 ONE c1", "7 SEVEN - / 7 SEVEN -");
    }

    @Test
    void a_new_version_leaves_the_old_row_to_the_old_version_that_waits_for_it()
            throws SQLException, ExecutionException, InterruptedException {
        runner.run(EXTRACTION.expand());
        runner.run(EXTRACTION.backfill());
        try (Connection old = sql.connect();
                Connection young = sql.connect();
                Statement oldWriter = old.createStatement();
                Statement youngWriter = young.createStatement()) {
            old.setAutoCommit(false);
            young.setAutoCommit(false);
            oldWriter.execute("SELECT FROM people WHERE id = 1 FOR UPDATE");
            CompletableFuture<Void> waiting = CompletableFuture.runAsync(
                    () -> execute(youngWriter, "UPDATE places SET \"Ci;ty\" = 'new' WHERE person = 1"));
            while (sql.number("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'") == 0
                    && !waiting.isDone()) {
                Thread.onSpinWait();
            }
            CompletableFuture<Void> writing = CompletableFuture.runAsync(
                    () -> execute(oldWriter, "UPDATE people SET street = 'old' WHERE id = 1"));
            waiting.get();
            young.commit();
            writing.get();
            old.commit();
        }

        assertThat(both()).contains("1 old new / 1 old new");
    }

    @Test
    void what_a_rolled_back_old_version_has_left_behind_is_evened_out_by_undo() {
        runner.run(EXTRACTION.expand());
        runner.run(EXTRACTION.backfill());
        sql.execute("SET athanor.syncing = '" + EXTRACTION.sync().name()
                + "'; UPDATE places SET street = 'ahead' WHERE person = 3");
        assertThat(both()).contains("3 s3 c3 / 3 ahead c3");

        runner.run(EXTRACTION.undoExpand());

        assertThat(sql.text("SELECT street FROM people WHERE id = 3")).isEqualTo("ahead");
        assertThat(sql.number("SELECT count(*) FROM pg_proc WHERE proname LIKE 'athanor%'"))
                .isZero();
    }

    private static void execute(Statement statement, String text) {
        try {
            statement.execute(text);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
