package dev.athanor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** One command on several databases, each with a ledger of its own. */
@AthanorPostgres
class EverywhereTest {
    private static final String ITEMS = """
            -- athanor:revision items

            -- athanor:expand
            CREATE TABLE items (id int PRIMARY KEY, place text);
            INSERT INTO items SELECT n FROM generate_series(1, 300) n;

            -- athanor:backfill name=fill table=items
            UPDATE items SET place = '${place}' WHERE ${chunk};

            -- athanor:undo expand
            DROP TABLE items;
            """;

    private final TestDatabase database;
    private final Jdbc sql;
    private Cli cli;

    EverywhereTest(TestDatabase database) {
        this.database = database;
        this.sql = database.jdbc();
    }

    @BeforeEach
    void databases(@TempDir Path folder) {
        cli = new Cli(folder).file("migrations/items.sql", ITEMS);
        String environments = "environments:\n";
        for (String name : new String[] {"north", "south"}) {
            sql.execute("CREATE DATABASE " + name);
            environments += "  " + name + ":\n    url: " + urlOf(name) + "\n    set: {place: " + name + "}\n";
        }
        cli.file("athanor.yaml", environments)
                .file(
                        "broken.yaml",
                        environments
                                + "  nowhere:\n    url: postgresql://me:hidden@127.0.0.1:1/none\n    set: {place: x}\n");
    }

    @AfterEach
    void drop() {
        sql.execute("DROP DATABASE north WITH (FORCE)");
        sql.execute("DROP DATABASE south WITH (FORCE)");
    }

    private String urlOf(String name) {
        return database.url().replaceFirst("/[^/?]*(\\?|$)", "/" + name + "$1");
    }

    private JsonNode all(int code, String... command) {
        String[] words = new String[command.length + 1];
        System.arraycopy(command, 0, words, 0, command.length);
        words[command.length] = "--all";
        JsonNode json = cli.json(words).endsWith(code).json();
        assertThat(json.path("success").booleanValue()).isEqualTo(code == 0);
        return json.path("results");
    }

    @Test
    void eachDatabaseHasItsOwnRunAndLedger() {
        assertThat(cli.run("status", "--check", "--all").endsWith(3).out())
                .contains("ENVIRONMENT", "north", "pending: items");
        JsonNode results = all(0, "upgrade", "heads", "--parallel", "2");
        assertThat(results.get(0).path("environment").stringValue()).isEqualTo("north");
        assertThat(results.get(1).path("environment").stringValue()).isEqualTo("south");
        results.forEach(result -> {
            assertThat(result.path("exit_code").intValue()).isZero();
            assertThat(result.path("result").path("steps")).hasToString("[[\"upgrade\",\"items\"]]");
        });
        assertThat(Jdbc.at(urlOf("south")).texts("SELECT DISTINCT place FROM items"))
                .containsExactly("south");
        assertThat(Jdbc.at(urlOf("north")).texts("SELECT DISTINCT place FROM items"))
                .containsExactly("north");

        assertThat(cli.run("downgrade", "base", "--env", "north", "--yes")
                        .endsWith(0)
                        .out())
                .contains("undone");
        Outcome again = cli.run("upgrade", "heads", "--all").endsWith(0);
        assertThat(again.out()).contains("1 step; heads: items", "nothing to do; heads: items");
        assertThat(again.err()).contains("north: items expand").doesNotContain("south: items expand");
    }

    @Test
    void oneFailureHoldsUpNobodyAndDecidesTheExitCode() {
        cli.with("ATHANOR_CONFIG", "broken.yaml");
        Outcome outcome = cli.run("upgrade", "heads", "--all").endsWith(4);
        assertThat(outcome.out()).containsPattern("north +0 +1 step").containsPattern("nowhere +4 +No connection");
        assertThat(outcome.out() + outcome.err()).doesNotContain("hidden");
        assertThat(all(4, "status", "--check")
                        .get(2)
                        .path("result")
                        .path("error")
                        .path("code")
                        .stringValue())
                .isEqualTo("connection_refused");
    }

    @Test
    void settingsOfOneDatabaseDoNotReachTheOthers() {
        cli.with("ATHANOR_URL", "postgresql://nobody@127.0.0.1:1/none").with("ATHANOR_ENV", "north");
        all(3, "status", "--check");
    }

    @Test
    void whatDoesNotGoTogetherIsRefused() {
        cli.json("status", "--all", "--env", "north")
                .endsWith(2)
                .refusal()
                .is("usage")
                .says("--env");
        cli.json("status", "--all", "--url", "postgresql://a/b")
                .endsWith(2)
                .refusal()
                .is("usage");
        cli.json("status", "--all", "--parallel", "0")
                .endsWith(2)
                .refusal()
                .is("usage")
                .says("1 to 64");
        cli.json("history", "--all").endsWith(2).refusal().is("usage").says("'history'");
        cli.file("athanor.yaml", "migrations: migrations\n");
        cli.json("status", "--all").endsWith(2).refusal().is("usage").says("environments");
    }
}
