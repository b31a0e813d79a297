package dev.athanor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code upgrade --dry-run}, as text and as JSON. */
@AthanorPostgres
class DryRunCommandTest {
    private static final String PEOPLE = """
            -- athanor:revision  people
            -- athanor:message   a table of people

            -- athanor:expand
            CREATE TABLE "tick""ets; drop" (id int PRIMARY KEY, name text NOT NULL, upper_name text);
            INSERT INTO "tick""ets; drop" SELECT n, 'name ' || n FROM generate_series(1, 1000) n;
            ANALYZE "tick""ets; drop";
            """;

    private static final String UPPER = """
            -- athanor:revision  upper
            -- athanor:revises   people

            -- athanor:expand lock-timeout=1s retries=4
            ALTER TABLE "tick""ets; drop" ADD COLUMN extra int;
            DO $$ BEGIN PERFORM 1; END $$;

            -- athanor:backfill name=fill table="tick""ets; drop" chunk-size=100 max-rows-per-second=200
            UPDATE "tick""ets; drop"
               SET upper_name = upper(name)
             WHERE ${chunk};

            -- athanor:verify name=none-left
            SELECT count(*) FROM "tick""ets; drop" WHERE upper_name IS NULL;

            -- athanor:contract transaction=none
            CREATE INDEX CONCURRENTLY by_upper_name ON "tick""ets; drop" (upper_name);
            """;

    @TempDir
    private Path folder;

    private final TestDatabase database;
    private final Jdbc sql;
    private Cli cli;

    DryRunCommandTest(TestDatabase database) {
        this.database = database;
        this.sql = database.jdbc();
    }

    @BeforeEach
    void fresh() {
        sql.execute("DROP SCHEMA IF EXISTS athanor CASCADE; DROP TABLE IF EXISTS \"tick\"\"ets; drop\"");
        cli = new Cli(folder)
                .with("ATHANOR_URL", database.url())
                .file("migrations/people.sql", PEOPLE)
                .file("migrations/upper.sql", UPPER);
    }

    @Test
    void asText() {
        String all = cli.run("upgrade", "heads", "--dry-run").endsWith(0).out();
        assertThat(all)
                .contains(
                        "nothing was changed",
                        "revision people  a table of people",
                        "ACCESS EXCLUSIVE on \"tick\"\"ets; drop\": made by revision people",
                        "total: 2 revisions, 7 statements, no lock on a table that is there now, 0 rows to walk",
                        "heads after: upper");
        assertThat(sql.number("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"))
                .isZero();
        assertThat(sql.number("SELECT count(*) FROM pg_namespace WHERE nspname = 'athanor'"))
                .isZero();

        cli.run("upgrade", "people").endsWith(0);
        assertThat(cli.run("upgrade", "heads", "--dry-run").endsWith(0).out())
                .contains(
                        "\n    expand[0] (",
                        "      one transaction, lock timeout 1s, tried again up to 4 times\n",
                        "        -> ACCESS EXCLUSIVE on \"public\".\"tick\"\"ets; drop\": blocks reads and writes,"
                                + " about 1,000 rows, ",
                        " kB\n",
                        "        -> locks are not all known: what a DO block does is not seen\n",
                        "    backfill fill (",
                        "      walks \"public\".\"tick\"\"ets; drop\" by (id)\n",
                        "      about 1,000 rows, about 20 chunks of 50\n",
                        "      no more than 200 rows a second, so at least 5s\n",
                        "      2 workers, each chunk a transaction, lock timeout 2s\n",
                        "      UPDATE \"tick\"\"ets; drop\"\n         SET upper_name = upper(name)\n",
                        "    verify none-left (",
                        "note: not run\n",
                        "      statement by statement, no transaction, waits for locks without limit, tried again",
                        "-> SHARE UPDATE EXCLUSIVE on",
                        "total: 1 revision, 4 statements, strongest lock ACCESS EXCLUSIVE on"
                                + " \"public\".\"tick\"\"ets; drop\", 1,000 rows to walk\n");
        cli.run("upgrade", "heads").endsWith(0);
        assertThat(cli.run("upgrade", "heads", "--dry-run").endsWith(0).out())
                .isEqualToNormalizingNewlines("Nothing to do.\n");
    }

    @Test
    void asJson() {
        cli.run("upgrade", "people").endsWith(0);
        JsonNode json = cli.json("upgrade", "heads", "--dry-run").endsWith(0).json();
        assertThat(json.propertyNames())
                .containsExactly("success", "dry_run", "steps", "revisions", "heads_after", "notes", "total");
        assertThat(json.path("dry_run").booleanValue()).isTrue();
        assertThat(json.path("steps")).hasToString("[[\"upgrade\",\"upper\"]]");
        assertThat(json.path("heads_after")).hasToString("[\"upper\"]");
        assertThat(json.path("total"))
                .hasToString("{\"revisions\":1,\"statements\":4,\"strongest_lock\":\"ACCESS EXCLUSIVE\","
                        + "\"rows_to_walk\":1000}");
        JsonNode phases = json.path("revisions").get(0).path("phases");
        assertThat(phases).hasSize(3);
        JsonNode expand = phases.get(0).path("sections").get(0);
        assertThat(expand.path("lock_timeout_ms").intValue()).isEqualTo(1000);
        assertThat(expand.path("retries").intValue()).isEqualTo(4);
        JsonNode lock = expand.path("statements").get(0).path("locks").get(0);
        assertThat(lock.path("table").stringValue()).isEqualTo("\"public\".\"tick\"\"ets; drop\"");
        assertThat(lock.path("mode").stringValue()).isEqualTo("ACCESS EXCLUSIVE");
        assertThat(lock.path("blocks").stringValue()).isEqualTo("reads and writes");
        assertThat(lock.path("rows").intValue()).isEqualTo(1000);
        assertThat(lock.path("bytes").longValue()).isPositive();
        assertThat(expand.path("statements").get(1).path("unknown").stringValue())
                .contains("DO block");
        JsonNode fill = phases.get(1).path("sections").get(0);
        assertThat(fill.path("kind").stringValue()).isEqualTo("backfill");
        assertThat(fill.path("key")).hasToString("[\"id\"]");
        assertThat(fill.path("rows_estimated").intValue()).isEqualTo(1000);
        assertThat(fill.path("chunks_estimated").intValue()).isEqualTo(20);
        assertThat(fill.path("chunk_size").intValue()).isEqualTo(50);
        assertThat(fill.path("workers").intValue()).isEqualTo(2);
        JsonNode verify = phases.get(1).path("sections").get(1);
        assertThat(verify.path("kind").stringValue()).isEqualTo("verify");
        assertThat(verify.path("note").stringValue()).isEqualTo("not run");
        assertThat(phases.get(2).path("sections").get(0).path("lock_timeout_ms").isNull())
                .isTrue();
    }

    @Test
    void onePhaseAndRefusals() {
        JsonNode json = cli.json("upgrade", "heads", "--dry-run", "--phase", "expand")
                .endsWith(0)
                .json();
        assertThat(json.path("steps")).isEmpty();
        assertThat(json.path("revisions").get(0).path("phases")).hasSize(1);
        cli.json("upgrade", "heads", "--dry-run", "--phase", "contract")
                .endsWith(8)
                .refusal()
                .is("not_expanded");
        cli.json("upgrade", "nobody", "--dry-run").endsWith(9).refusal().is("unknown_revision");
        cli.json("upgrade", "heads", "--dry-run", "--sql").endsWith(2).refusal().is("usage");
        cli.file("migrations/more.sql", "-- athanor:revision more\n\n-- athanor:expand\nSELECT ${gone};\n")
                .json("upgrade", "heads", "--dry-run")
                .endsWith(2)
                .refusal()
                .is("unset_placeholder");
    }
}
