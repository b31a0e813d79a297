package dev.athanor.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.postgres.ConnectionUrl;
import dev.athanor.postgres.Database;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user reads when something goes wrong: the cause, the object, what to do; and that nothing is half done. */
@AthanorPostgres
class FailuresTest {
    private static final String HEAD = "-- athanor:revision broken\n\n";

    private static final String BACKFILL = """
            -- athanor:expand
            CREATE TABLE mark (a int);

            -- athanor:backfill name=fill table=%s chunk-size=100
            UPDATE %s SET n = n + 1 WHERE ${chunk};

            -- athanor:contract
            DROP TABLE mark;
            """;

    private final TestDatabase database;
    private final Jdbc sql;
    private final String role = "role_" + UUID.randomUUID().toString().replace("-", "");
    private Migrations migrations;

    FailuresTest(TestDatabase database) {
        this.database = database;
        this.sql = database.jdbc();
    }

    @BeforeEach
    void prepare(@TempDir Path folder) {
        sql.execute("DROP SCHEMA IF EXISTS athanor CASCADE; DROP TABLE IF EXISTS accounts, mark, other;"
                + "CREATE TABLE accounts (id bigint PRIMARY KEY, n int NOT NULL DEFAULT 0);"
                + "INSERT INTO accounts SELECT i FROM generate_series(1, 1000) i;"
                + "CREATE ROLE " + role + " LOGIN PASSWORD 'secret'; GRANT CREATE ON SCHEMA public TO " + role);
        migrations = new Migrations(folder, database);
    }

    @AfterEach
    void dropRole() {
        sql.execute("DROP OWNED BY " + role + " CASCADE; DROP ROLE " + role);
    }

    private static AthanorException failure(ThrowingCallable what) {
        AthanorException[] caught = new AthanorException[1];
        assertThatThrownBy(what).isInstanceOfSatisfying(AthanorException.class, e -> caught[0] = e);
        assertThat(caught[0].getMessage()).doesNotContain("secret");
        return caught[0];
    }

    /** Upgrades as a role that owns none of the tables. */
    private void upgradeAsRole() {
        String url = database.url().replaceFirst("//[^@]*@", "//" + role + ":secret@");
        try (Database connections = Database.open(ConnectionUrl.parse(url, Map.of()), migrations.connections())) {
            migrations.runner(connections, builder -> builder).upgrade(new UpgradeRequest("heads", null));
        }
    }

    private long tables(String name) {
        return sql.number("SELECT count(*) FROM pg_tables WHERE tablename = ?", name);
    }

    private void grantCreate() {
        sql.execute("GRANT CREATE ON DATABASE " + database.name() + " TO " + role);
    }

    @Test
    void a_role_that_may_not_make_the_state_schema_is_told_the_grant() {
        migrations.with("1", HEAD + "-- athanor:expand\nCREATE TABLE mark (a int);\n");
        AthanorException e = failure(this::upgradeAsRole);
        assertThat(e.code()).isEqualTo("missing_right");
        assertThat(e.kind()).isEqualTo(FailureKind.FAILED);
        assertThat(e.getMessage()).contains(role, "'athanor'", database.name());
        assertThat(e.hint()).contains("GRANT CREATE ON DATABASE");
        assertThat(tables("mark")).isZero();
    }

    @Test
    void a_section_without_the_right_leaves_nothing() {
        grantCreate();
        migrations.with("1", HEAD + """
                -- athanor:expand
                CREATE TABLE mark (a int);
                ALTER TABLE accounts ADD COLUMN b int;
                """);
        AthanorException e = failure(this::upgradeAsRole);
        assertThat(e.kind()).isEqualTo(FailureKind.FAILED);
        assertThat(e.getMessage()).contains("'broken'", "1.sql:3", "statement 2 of 2", "accounts", "42501");
        assertThat(e.hint()).isNotBlank();
        assertThat(tables("mark")).isZero();
        assertThat(migrations.status().betweenPhases())
                .singleElement()
                .satisfies(revision -> assertThat(revision.next()).isEqualTo("expand"));
    }

    @Test
    void a_backfill_without_the_right_changes_nothing_and_goes_on_when_it_is_granted() {
        grantCreate();
        sql.execute("GRANT SELECT ON accounts TO " + role);
        migrations.with("1", HEAD + BACKFILL.formatted("accounts", "accounts"));
        AthanorException e = failure(this::upgradeAsRole);
        assertThat(e.kind()).isEqualTo(FailureKind.FAILED);
        assertThat(e.getMessage()).contains("fill", "permission denied", "accounts", "42501");
        assertThat(e.hint()).contains("athanor resume");
        assertThat(sql.number("SELECT sum(n) FROM accounts")).isZero();
        assertThat(tables("mark")).isEqualTo(1);
        assertThat(migrations.status().backfills()).singleElement().satisfies(backfill -> {
            assertThat(backfill.state()).isEqualTo("failed");
            assertThat(backfill.reason()).contains("permission denied");
        });

        sql.execute("GRANT UPDATE ON accounts TO " + role);
        upgradeAsRole();
        assertThat(sql.number("SELECT count(*) FROM accounts WHERE n = 1")).isEqualTo(1000);
        assertThat(tables("mark")).isZero();
    }

    @Test
    void a_backfill_of_a_table_that_is_missing_names_it() {
        migrations.with("1", HEAD + BACKFILL.formatted("acounts", "acounts"));
        AthanorException e = failure(() -> migrations.upgrade("heads"));
        assertThat(e.code()).isEqualTo("unknown_table");
        assertThat(e.kind()).isEqualTo(FailureKind.FAILED);
        assertThat(e.getMessage()).contains("fill", "broken", "1.sql:6", "\"acounts\"");
        assertThat(e.hint()).contains("table=", "athanor resume broken");
        assertThat(tables("mark")).isEqualTo(1);
        assertThat(sql.number("SELECT count(*) FROM athanor.backfill")).isZero();
    }

    @Test
    void rows_that_do_not_fit_stop_the_backfill_and_keep_what_is_done() {
        sql.execute("ALTER TABLE accounts ADD CONSTRAINT fits CHECK (id <> 777 OR n = 0)");
        migrations.with("1", HEAD + BACKFILL.formatted("accounts", "accounts"));
        AthanorException e = failure(() -> migrations.upgrade("heads"));
        assertThat(e.kind()).isEqualTo(FailureKind.FAILED);
        assertThat(e.getMessage()).contains("fill", "accounts", "fits", "23514");
        assertThat(e.hint()).contains("athanor resume");
        assertThat(sql.number("SELECT count(*) FROM accounts WHERE n > 1 OR id = 777 AND n <> 0"))
                .isZero();
        assertThat(sql.number("SELECT sum(n) FROM accounts"))
                .isEqualTo(sql.number("SELECT sum(rows_changed) FROM athanor.backfill_range"));

        sql.execute("ALTER TABLE accounts DROP CONSTRAINT fits");
        migrations.resume();
        assertThat(sql.number("SELECT count(*) FROM accounts WHERE n = 1")).isEqualTo(1000);
    }

    @Test
    void a_section_without_a_transaction_goes_on_behind_what_it_did() {
        String section = HEAD + """
                -- athanor:expand transaction=none
                CREATE TABLE mark (a int);
                INSERT INTO mark VALUES (1);
                INSERT INTO %s VALUES (2);
                INSERT INTO mark VALUES (3);
                """;
        migrations.with("1", section.formatted("nowhere"));
        AthanorException e = failure(() -> migrations.upgrade("heads"));
        assertThat(e.getMessage()).contains("statement 3 of 4", "nowhere", "the 2 before it stay done");
        assertThat(e.hint()).contains("1.sql", "athanor resume");
        assertThat(sql.texts("SELECT a FROM mark")).containsExactly("1");

        migrations.with("1", section.formatted("mark"));
        assertThat(migrations.resume().applied()).containsExactly("broken");
        assertThat(sql.texts("SELECT a FROM mark ORDER BY a")).containsExactly("1", "2", "3");
    }
}
