package dev.athanor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A graph with two labelled branches, a dependency across them and a merge, taken up, down and up again on a real database
 * by commands, by scripts, and by ten processes at once.
 */
@AthanorPostgres
class GraphRoundTripTest {
    private static final Map<String, String> FILES = Map.of(
            "root", """
            -- athanor:revision root
            -- athanor:expand
            CREATE TABLE customers (id bigint PRIMARY KEY, email text NOT NULL);
            INSERT INTO customers SELECT n, 'customer' || n || '@example.com' FROM generate_series(1, 500) n;
            -- athanor:undo expand
            DROP TABLE customers;
            """,
            "t1", """
            -- athanor:revision t1
            -- athanor:revises root
            -- athanor:labels tickets
            -- athanor:expand
            CREATE TABLE tickets (id bigint PRIMARY KEY, customer bigint REFERENCES customers, status text DEFAULT 'it''s; new');
            INSERT INTO tickets SELECT n, n % 500 + 1 FROM generate_series(1, 2000) n;
            -- athanor:undo expand
            DROP TABLE tickets;
            """,
            "t2", """
            -- athanor:revision t2
            -- athanor:revises t1
            -- athanor:expand
            ALTER TABLE tickets ADD COLUMN priority int;
            -- athanor:expand transaction=none
            CREATE INDEX CONCURRENTLY tickets_priority ON tickets (priority) WHERE priority > 0;
            -- athanor:backfill name=priority table=tickets
            UPDATE tickets SET priority = id % 4 WHERE ${chunk} AND priority IS NULL;
            -- athanor:verify name=no-priority
            SELECT count(*) FROM tickets WHERE priority IS NULL;
            -- athanor:contract
            ALTER TABLE tickets ADD CONSTRAINT priority_set CHECK (priority IS NOT NULL) NOT VALID;
            -- athanor:contract
            SET LOCAL statement_timeout = '1min';
            ALTER TABLE tickets VALIDATE CONSTRAINT priority_set;
            -- athanor:undo contract
            ALTER TABLE tickets DROP CONSTRAINT priority_set;
            -- athanor:undo expand
            ALTER TABLE tickets DROP COLUMN priority;
            """,
            "r1", """
            -- athanor:revision r1
            -- athanor:revises root
            -- athanor:labels reporting
            -- athanor:expand
            CREATE FUNCTION domain_of(text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT split_part($1, '@', 2) $$;
            -- athanor:undo expand
            DROP FUNCTION domain_of(text);
            """,
            "r2", """
            -- athanor:revision r2
            -- athanor:revises r1
            -- athanor:depends-on t1
            -- athanor:expand
            CREATE VIEW tickets_by_domain AS
              SELECT domain_of(email) AS domain, count(*) FROM tickets JOIN customers c ON c.id = customer GROUP BY 1;
            -- athanor:undo expand
            DROP VIEW tickets_by_domain;
            """,
            "merged", """
            -- athanor:revision merged
            -- athanor:revises t2, r2
            -- athanor:expand
            CREATE INDEX customers_domain ON customers (domain_of(email));
            -- athanor:undo expand
            DROP INDEX customers_domain;
            """);

    private final TestDatabase database;
    private final Jdbc sql;
    private Cli cli;

    GraphRoundTripTest(TestDatabase database) {
        this.database = database;
        this.sql = database.jdbc();
    }

    @BeforeEach
    void fresh(@TempDir Path folder) {
        sql.execute("DROP SCHEMA IF EXISTS athanor CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public");
        cli = new Cli(folder).with("ATHANOR_URL", database.url());
        FILES.forEach((name, text) -> cli.file("migrations/" + name + ".sql", text));
    }

    private JsonNode ok(String... arguments) {
        return cli.json(arguments).endsWith(0).json();
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(node -> texts.add(
                node.isArray() ? node.get(0).stringValue() + " " + node.get(1).stringValue() : node.stringValue()));
        return texts;
    }

    private List<String> ids() {
        return sql.texts("SELECT id FROM athanor.revision ORDER BY id");
    }

    @Test
    void upAndDownEachBranchAndUpAgain() {
        JsonNode up = ok("upgrade", "heads");
        List<String> whole = SchemaText.of(sql);
        assertThat(texts(up.path("heads_after"))).containsExactly("merged");
        assertThat(whole)
                .anyMatch(line -> line.contains("tickets_by_domain"))
                .anyMatch(line -> line.contains("priority_set"));

        assertThat(texts(ok("downgrade", "t2", "--yes").path("steps"))).containsExactly("downgrade merged");
        assertThat(ids()).containsExactly("r1", "r2", "root", "t1", "t2");
        assertThat(texts(ok("downgrade", "reporting@r1", "--yes").path("steps")))
                .containsExactly("downgrade r2");
        assertThat(texts(ok("downgrade", "tickets@-1", "--yes").path("steps"))).containsExactly("downgrade t2");
        assertThat(texts(ok("current").path("heads"))).containsExactlyInAnyOrder("r1", "t1");

        assertThat(texts(ok("stamp", "root").path("heads_after"))).containsExactly("root");
        assertThat(SchemaText.of(sql)).anyMatch(line -> line.contains("tickets.status"));
        assertThat(texts(ok("stamp", "r1", "t1").path("heads_after"))).containsExactly("r1", "t1");

        assertThat(texts(ok("upgrade", "heads").path("steps"))).hasSize(3).endsWith("upgrade merged");
        assertThat(SchemaText.of(sql)).isEqualTo(whole);
        assertThat(sql.number("SELECT count(*) FROM tickets WHERE priority = id % 4"))
                .isEqualTo(2000);

        assertThat(texts(ok("downgrade", "base", "--yes").path("heads_after"))).isEmpty();
        assertThat(SchemaText.of(sql)).isEmpty();
        assertThat(ids()).isEmpty();
        ok("upgrade", "merged");
        assertThat(SchemaText.of(sql)).isEqualTo(whole);
    }

    @Test
    void theScriptBuildsTheSameSchemaAndTheSameLedger() {
        ok("upgrade", "heads");
        List<String> whole = SchemaText.of(sql);
        List<String> ledger = ledger();
        sql.execute("DROP SCHEMA IF EXISTS athanor CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public");

        psql(cli.run("upgrade", "heads", "--sql").endsWith(0).out());

        assertThat(SchemaText.of(sql)).isEqualTo(whole);
        assertThat(ledger()).isEqualTo(ledger);
        assertThat(sql.number("SELECT count(*) FROM tickets WHERE priority = id % 4"))
                .isEqualTo(2000);
        assertThat(texts(ok("upgrade", "heads").path("steps"))).isEmpty();

        String down = cli.run("downgrade", "merged:root", "--sql").endsWith(0).out();
        psql(down);
        assertThat(ids()).containsExactly("root");
        assertThat(SchemaText.of(sql)).noneMatch(line -> line.contains("tickets"));
        psql(cli.run("stamp", "root:t2", "--sql").endsWith(0).out());
        assertThat(ids()).containsExactly("root", "t1", "t2");
    }

    @Test
    void athanorGoesOnWhereAScriptHasEnded() {
        psql(cli.run("upgrade", "t2", "--sql", "--phase", "expand").endsWith(0).out());
        assertThat(sql.texts("SELECT id || ' ' || phase FROM athanor.revision ORDER BY id"))
                .containsExactly("root expand", "t1 expand", "t2 expand");
        ok("upgrade", "heads");
        assertThat(sql.number("SELECT count(*) FROM tickets WHERE priority = id % 4"))
                .isEqualTo(2000);
        String again = cli.run("upgrade", "heads", "--sql").endsWith(0).out();
        assertThat(psqlFails(again)).contains("not applied yet, and they are");
    }

    @Test
    void scriptsOfSinglePhasesKeepTheirOrderAndTheGate() {
        String contract = cli.run("upgrade", "t2", "--sql", "--phase", "contract")
                .endsWith(0)
                .out();
        String backfill = cli.run("upgrade", "t2", "--sql", "--phase", "backfill")
                .endsWith(0)
                .out();
        assertThat(psqlFails(contract)).contains("backfill is the last phase", "t2");
        psql(cli.run("upgrade", "t2", "--sql", "--phase", "expand").endsWith(0).out());
        assertThat(psqlFails(contract)).contains("backfill is the last phase");
        psql(backfill);
        sql.execute("UPDATE tickets SET priority = NULL WHERE id IN (7, 8)");
        assertThat(psqlFails(contract)).contains("verification no-priority of revision t2: 2 rows still wrong");
        sql.execute("UPDATE tickets SET priority = 1 WHERE priority IS NULL");
        ok("upgrade", "t2", "--phase", "contract");
        assertThat(texts(ok("current").path("heads"))).containsExactly("t2");
    }

    @Test
    void aScriptThatFailsOutsideATransactionIsGoneOnWithBehindItsLastStatement() {
        cli.file("migrations/n.sql", """
                -- athanor:revision none
                -- athanor:revises root
                -- athanor:expand transaction=none
                CREATE TABLE counted (n int);
                INSERT INTO counted VALUES (1);
                SELECT 1 / (SELECT count(*) FROM counted WHERE n = 9);
                INSERT INTO counted VALUES (2);
                """);
        String script = cli.run("upgrade", "none", "--sql").endsWith(0).out();
        assertThat(psqlFails(script)).contains("division by zero");
        sql.execute("INSERT INTO counted VALUES (9)");
        ok("upgrade", "none");
        assertThat(sql.texts("SELECT n::text FROM counted ORDER BY n")).containsExactly("1", "2", "9");
    }

    @Test
    void rangesOfScripts() {
        JsonNode script = ok("upgrade", "t1:t2", "--sql");
        assertThat(texts(script.path("steps"))).containsExactly("upgrade t2");
        assertThat(script.path("sql").stringValue()).contains("here one plain statement over the whole table");
        cli.json("upgrade", "t1:t2").endsWith(9).refusal().is("range_not_allowed");
        cli.json("downgrade", "t1", "--sql").endsWith(9).refusal().is("range_required");
        cli.json("upgrade", "a:b:c", "--sql").endsWith(9).refusal().is("bad_range");
        cli.json("stamp", "head", "--purge", "--sql").endsWith(2).refusal().is("usage");
    }

    private List<String> ledger() {
        return sql.texts("SELECT concat_ws(' ', id, phase, checksum, undoing, stamped) FROM athanor.revision UNION ALL"
                + " SELECT concat_ws(' ', revision_id, ordinal, statements_done, finished_at IS NOT NULL, checksum)"
                + " FROM athanor.section WHERE checksum IS NOT NULL ORDER BY 1");
    }

    private void psql(String script) {
        Psql.Outcome outcome = Psql.run(database, cli.folder(), script);
        assertThat(outcome.code()).as(outcome.output()).isZero();
    }

    private String psqlFails(String script) {
        Psql.Outcome outcome = Psql.run(database, cli.folder(), script);
        assertThat(outcome.code()).as(outcome.output()).isNotZero();
        return outcome.output();
    }

    @Test
    void planNeedsNoDatabaseWithCurrent() throws IOException {
        cli.with("ATHANOR_URL", "postgresql://nobody@localhost:1/none");
        assertThat(texts(ok("plan", "upgrade", "merged", "--current", "t2").path("steps")))
                .containsExactly("upgrade r1", "upgrade r2", "upgrade merged");
        assertThat(texts(ok("plan", "upgrade", "head", "--current=").path("steps")))
                .hasSize(6);
        assertThat(texts(ok("plan", "downgrade", "-1", "--current", "t2").path("heads_after")))
                .containsExactly("t1");
        assertThat(texts(ok("plan", "stamp", "t1", "r1", "--current", "merged").path("heads_after")))
                .containsExactly("r1", "t1");
        assertThat(cli.run("plan", "upgrade", "t1", "--current", "root")
                        .endsWith(0)
                        .out())
                .isEqualToNormalizingNewlines("upgrade  t1\nheads after: t1\n");
        cli.json("plan", "upgrade", "nobody", "--current=")
                .endsWith(9)
                .refusal()
                .is("unknown_revision");
        cli.json("plan", "upgrade", "+1", "--current", "root")
                .endsWith(9)
                .refusal()
                .is("ambiguous_relative");
        cli.json("plan", "sidegrade", "head", "--current=")
                .endsWith(2)
                .refusal()
                .is("usage")
                .says("sidegrade");
        cli.json("plan", "upgrade", "t1", "t2", "--current=")
                .endsWith(2)
                .refusal()
                .is("usage");
        cli.json("plan", "upgrade", "head").endsWith(4).refusal().is("connection_refused");
        Files.delete(cli.folder().resolve("migrations/r1.sql"));
        cli.json("plan", "upgrade", "head", "--current=").endsWith(9).refusal().is("unresolved_reference");
    }

    @Test
    void planAsksTheDatabaseOtherwise() {
        ok("upgrade", "t1");
        assertThat(texts(ok("plan", "upgrade", "tickets@head").path("steps")))
                .containsExactly("upgrade r1", "upgrade r2", "upgrade t2", "upgrade merged")
                .isNotEmpty();
        assertThat(texts(ok("plan", "downgrade", "base").path("steps")))
                .containsExactly("downgrade t1", "downgrade root");
        assertThat(ids()).containsExactly("root", "t1");
    }

    @Test
    void aDowngradeIsConfirmedOrRefused() {
        ok("upgrade", "t1");
        cli.json("downgrade", "-1")
                .endsWith(8)
                .refusal()
                .is("not_confirmed")
                .says("undoes t1")
                .advises("--yes");
        assertThat(cli.run("downgrade", "-1").endsWith(8).paragraph()).contains("t1");
        assertThat(ids()).containsExactly("root", "t1");
        assertThat(cli.run("downgrade", "t1").endsWith(0).out()).contains("Nothing to do.");
        assertThat(cli.run("downgrade", "-1", "--yes").endsWith(0).out()).contains("undone  t1  expand", "heads: root");
        assertThat(cli.run("stamp", "t1").endsWith(0).out()).isEqualToNormalizingNewlines("stamp  t1\nheads: t1\n");
        cli.json("downgrade", "-5", "--yes").endsWith(9).refusal().is("relative_out_of_range");
    }

    @Test
    void tenAtOnceRunEachRevisionOnce() {
        cli.file("migrations/once.sql", """
                -- athanor:revision once
                -- athanor:revises merged
                -- athanor:expand
                CREATE SEQUENCE runs;
                -- athanor:expand transaction=none
                SELECT nextval('runs');
                -- athanor:expand
                SELECT nextval('runs'), pg_sleep(0.5);
                """);
        List<Running> all = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            all.add(cli.withJvm("-Xmx64m").start("upgrade", "head", "--output=json"));
        }
        int done = 0;
        for (Running running : all) {
            try (running) {
                Outcome outcome = running.ending();
                assertThat(outcome.code()).as("%s", outcome).isIn(0, 6);
                done += outcome.code() == 0 ? 1 : 0;
            }
        }
        assertThat(done).isPositive();
        assertThat(sql.number("SELECT last_value FROM runs")).isEqualTo(2);
        assertThat(sql.number("SELECT count(*) FROM customers")).isEqualTo(500);
        assertThat(sql.texts("SELECT revision_id FROM athanor.event WHERE kind = 'revision_begun' ORDER BY 1"))
                .containsExactly("merged", "once", "r1", "r2", "root", "t1", "t2");
        assertThat(sql.number("SELECT sum(rows_changed) FROM athanor.backfill_range"))
                .isEqualTo(2000);
    }
}
