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

/** Operators' commands on backfills that nobody runs: what they record, refuse, show, and go on with. */
@AthanorPostgres
class BackfillCommandsTest {
    private static final int ROWS = 1000;

    private static final String PARSE = """
            -- athanor:revision parse_2026

            -- athanor:expand
            ALTER TABLE parsed ADD COLUMN n int;

            -- athanor:backfill name=numbers table=parsed chunk-size=100
            UPDATE parsed SET n = t::int WHERE ${chunk};

            -- athanor:verify name=all-set
            SELECT count(*) FROM parsed WHERE n IS NULL AND t ~ '^[0-9]+$';
            """;

    @TempDir
    private Path folder;

    private final TestDatabase database;
    private final Jdbc sql;
    private Cli cli;

    BackfillCommandsTest(TestDatabase database) {
        this.database = database;
        this.sql = database.jdbc();
    }

    @BeforeEach
    void fresh() {
        sql.execute("DROP SCHEMA IF EXISTS athanor CASCADE; DROP TABLE IF EXISTS parsed;"
                + "CREATE TABLE parsed (id int PRIMARY KEY, t text NOT NULL);"
                + "INSERT INTO parsed SELECT i, i::text FROM generate_series(1, " + ROWS + ") i");
        cli = new Cli(folder).with("ATHANOR_URL", database.url()).file("migrations/parse.sql", PARSE);
    }

    private JsonNode show(String id) {
        return cli.json("backfill", "show", id).endsWith(0).json().path("backfill");
    }

    @Test
    void whatWasNotBegunIsShownAndCannotBeCommanded() {
        JsonNode pending = cli.json("backfill", "list")
                .endsWith(0)
                .json()
                .path("backfills")
                .get(0);
        assertThat(pending.path("state").stringValue()).isEqualTo("pending");
        assertThat(pending.path("id").isNull()).isTrue();
        assertThat(cli.run("backfill", "list").endsWith(0).out()).contains("parse_2026", "PENDING");
        assertThat(show("parse_2026/numbers").path("ranges").intValue()).isZero();
        cli.json("backfill", "pause", "numbers")
                .endsWith(8)
                .refusal()
                .is("backfill_not_begun")
                .advises("athanor upgrade parse_2026");
        cli.json("backfill", "show", "numberz")
                .endsWith(2)
                .refusal()
                .is("unknown_backfill")
                .advises("Did you mean 'numbers'?", "athanor backfill list");
        cli.json("backfill", "set", "numbers").endsWith(2).refusal().says("nothing to set");
        cli.json("backfill", "set", "numbers", "--workers", "0")
                .endsWith(2)
                .refusal()
                .says("'0'", "1 to 64");
        cli.json("backfill").endsWith(2).refusal();
        cli.json("backfill", "pase", "numbers").endsWith(2).refusal().advises("Did you mean 'pause'?");
    }

    @Test
    void commandsAreRecordedAndHoldForWhoeverRunsNext() {
        failAtRow(500);
        assertThat(cli.run("backfill", "pause", "parse_2", "--reason", "lunch hour", "--actor", "anna")
                        .endsWith(0)
                        .out())
                .contains("not paused -> paused", "Nobody is running it; it holds for whoever does.");
        JsonNode paused = show("1");
        assertThat(paused.path("state").stringValue()).isEqualTo("paused");
        assertThat(paused.path("paused_by").stringValue()).isEqualTo("anna");
        assertThat(paused.path("reason").stringValue()).isEqualTo("lunch hour");
        assertThat(cli.run("backfill", "pause", "1").endsWith(0).out()).contains("nothing to change; paused by anna");
        assertThat(cli.run("status").endsWith(0).out())
                .contains("PAUSED", "by anna: lunch hour", "athanor backfill resume 1");

        JsonNode set = cli.json("backfill", "set", "1", "--max-rows-per-second", "none", "--workers", "3", "--actor=bo")
                .endsWith(0)
                .json();
        assertThat(set.propertyNames()).containsExactly("success", "backfill", "command");
        assertThat(set.path("command").propertyNames())
                .containsExactly("id", "verb", "old", "new", "reason", "actor", "at", "changed", "obeyed", "obeyed_by");
        assertThat(set.path("command").path("new").stringValue()).isEqualTo("max-rows-per-second none, workers 3");
        assertThat(set.path("command").path("actor").stringValue()).startsWith("bo@");
        assertThat(set.path("command").path("obeyed").booleanValue()).isFalse();
        assertThat(show("1").path("set").path("max_rows_per_second").intValue()).isZero();
        cli.run("backfill", "resume", "1").endsWith(0);
        assertThat(show("1").path("commands")).hasSize(3);
        assertThat(sql.texts(
                        "SELECT kind || ' ' || detail FROM athanor.event WHERE kind LIKE 'backfill\\_%' ORDER BY id"))
                .first()
                .asString()
                .isEqualTo("backfill_pause numbers: not paused -> paused (lunch hour)");
        assertThat(sql.number("SELECT control_version FROM athanor.backfill")).isEqualTo(3);
    }

    @Test
    void aRowThatDoesNotFitIsSkippedAndTriedAgainWhenItIsMended() {
        failAtRow(500);
        JsonNode failed = show("numbers");
        assertThat(failed.path("state").stringValue()).isEqualTo("failed");
        assertThat(failed.path("ranges_failed").intValue()).isEqualTo(1);
        assertThat(failed.path("failed_ranges").get(0).path("key")).hasToString("[\"500\"]");
        assertThat(failed.path("percent_rows").doubleValue()).isLessThan(100);
        assertThat(cli.run("backfill", "show", "numbers").endsWith(0).out()).contains("FAILED", "22P02", "skip 1");
        assertThat(cli.run("doctor").endsWith(7).out()).contains("backfill numbers of revision parse_2026 has failed");

        JsonNode skipped = cli.json("backfill", "skip", "numbers").endsWith(0).json();
        assertThat(skipped.propertyNames()).containsExactly("success", "backfill", "command", "run");
        assertThat(skipped.path("command").path("new").stringValue()).isEqualTo("1 row set aside");
        assertThat(sql.number("SELECT count(*) FROM parsed WHERE n = id")).isEqualTo(ROWS - 1L);
        JsonNode done = show("numbers");
        assertThat(done.path("state").stringValue()).isEqualTo("done");
        assertThat(done.path("quarantined").intValue()).isEqualTo(1);
        assertThat(done.path("scanned").intValue()).isEqualTo(ROWS);
        assertThat(done.path("skipped").intValue()).isZero();
        assertThat(done.path("percent_key").doubleValue()).isEqualTo(100);
        assertThat(done.path("quarantine").get(0).path("key")).hasToString("[\"500\"]");
        assertThat(cli.run("doctor").endsWith(7).out()).contains("has set 1 row aside", "--quarantined");

        assertThat(cli.run("backfill", "retry", "numbers", "--quarantined", "--no-run")
                        .endsWith(0)
                        .out())
                .contains("1 quarantined row -> to be tried again");
        assertThat(show("numbers").path("state").stringValue()).isEqualTo("stopped");
        sql.execute("UPDATE parsed SET t = '500' WHERE id = 500");
        cli.run("upgrade", "heads").endsWith(0);
        assertThat(sql.number("SELECT count(*) FROM parsed WHERE n = id")).isEqualTo(ROWS);
        assertThat(show("numbers").path("quarantined").intValue()).isZero();
        cli.run("status", "--check").endsWith(0);
        cli.json("backfill", "pause", "numbers").endsWith(8).refusal().is("backfill_done");
    }

    @Test
    void failedRangesAreTriedAgainByTheCommandItself() {
        failAtRow(500);
        cli.json("backfill", "retry", "numbers").endsWith(4).refusal().says("numbers", "500");
        sql.execute("UPDATE parsed SET t = '500' WHERE id = 500");
        assertThat(cli.run("backfill", "retry", "numbers").endsWith(0).out())
                .contains("1 failed range -> pending", "done  parse_2026  backfill");
        assertThat(sql.number("SELECT count(*) FROM parsed WHERE n = id")).isEqualTo(ROWS);
        cli.run("resume").endsWith(0);
        cli.run("status", "--check").endsWith(0);
        assertThat(cli.run("backfill", "retry", "numbers").endsWith(0).out()).contains("nothing to change");
    }

    @Test
    void verifyCounts() {
        failAtRow(500);
        cli.json("backfill", "verify", "nowhere").endsWith(2).refusal();
        sql.execute("UPDATE parsed SET n = NULL WHERE id IN (1, 2)");
        long missing = sql.number("SELECT count(*) FROM parsed WHERE n IS NULL AND id <> 500");
        JsonNode wrong = cli.json("backfill", "verify", "numbers").endsWith(7).json();
        assertThat(wrong.path("success").booleanValue()).isFalse();
        assertThat(wrong.path("wrong").longValue()).isEqualTo(missing).isGreaterThanOrEqualTo(2);
        assertThat(wrong.path("verifications").get(0).path("name").stringValue())
                .isEqualTo("all-set");
        sql.execute("UPDATE parsed SET n = id");
        assertThat(cli.run("backfill", "verify", "1").endsWith(0).out()).contains("verify all-set: 0 wrong");
    }

    @Test
    void aCancelledOneIsRefusedUntilItIsResumed() {
        failAtRow(500);
        cli.run("backfill", "cancel", "numbers", "--actor", "anna", "--reason", "wrong table")
                .endsWith(0);
        assertThat(show("1").path("state").stringValue()).isEqualTo("cancelled");
        for (String[] command : new String[][] {{"upgrade", "heads"}, {"resume"}, {"backfill", "pause", "1"}}) {
            cli.json(command)
                    .endsWith(8)
                    .refusal()
                    .is("backfill_cancelled")
                    .says("numbers", "'anna'", "wrong table")
                    .advises("athanor backfill resume 1");
        }
        sql.execute("UPDATE parsed SET t = '500' WHERE id = 500");
        cli.run("backfill", "resume", "1").endsWith(0);
        cli.run("resume").endsWith(0);
        assertThat(sql.number("SELECT count(*) FROM parsed WHERE n = id")).isEqualTo(ROWS);
    }

    @Test
    void anAmbiguousNameListsWhatItMayBe() {
        cli.file(
                "migrations/second.sql",
                PARSE.replace("parse_2026", "parse_2027\n-- athanor:revises parse_2026")
                        .replace("ADD COLUMN n", "ADD COLUMN IF NOT EXISTS n"));
        cli.json("backfill", "show", "numbers")
                .endsWith(2)
                .refusal()
                .is("ambiguous_backfill")
                .says("parse_2026/numbers", "parse_2027/numbers");
        assertThat(show("parse_2027/numbers").path("revision").stringValue()).isEqualTo("parse_2027");
    }

    @Test
    void anOlderStateSchemaIsShownAndCannotBeCommanded() {
        failAtRow(500);
        sql.execute("DROP TABLE athanor.backfill_vitals; ALTER TABLE athanor.backfill DROP COLUMN paused_at,"
                + " DROP COLUMN control_version; DELETE FROM athanor.schema_version WHERE version > 3");
        assertThat(show("numbers").path("state").stringValue()).isEqualTo("failed");
        cli.run("status").endsWith(0);
        cli.json("backfill", "pause", "numbers")
                .endsWith(8)
                .refusal()
                .is("state_schema_older")
                .advises("athanor upgrade heads");
    }

    private void failAtRow(int id) {
        sql.execute("UPDATE parsed SET t = 'x' WHERE id = " + id);
        cli.json("upgrade", "heads").endsWith(4).refusal().says("numbers", Integer.toString(id));
    }
}
