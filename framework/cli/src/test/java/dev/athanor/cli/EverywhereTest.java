package dev.athanor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.embedded.EmbeddedServer;
import dev.athanor.embedded.EmbeddedSettings;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.stream.Collectors;
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
        assertThat(again.out()).contains("1 revision applied; heads: items", "nothing to do; heads: items");
        assertThat(again.err()).contains("north: items expand").doesNotContain("south: items expand");
    }

    @Test
    void oneFailureHoldsUpNobodyAndDecidesTheExitCode() {
        cli.with("ATHANOR_CONFIG", "broken.yaml");
        Outcome outcome = cli.run("upgrade", "heads", "--all").endsWith(4);
        assertThat(outcome.out())
                .containsPattern("north +0 +1 revision applied; heads: items")
                .containsPattern("nowhere +4 +No connection");
        assertThat(outcome.out() + outcome.err()).doesNotContain("hidden");
        assertThat(all(4, "status", "--check")
                        .get(2)
                        .path("result")
                        .path("error")
                        .path("code")
                        .stringValue())
                .isEqualTo("connection_refused");
    }

    /** Databases of the embedded server, which both runs share, beside one of another server, and one that shuts us out. */
    @Test
    void embeddedDatabasesBesideOthers() {
        try (EmbeddedServer server = EmbeddedServer.open(EmbeddedSettings.throwAway())) {
            cli.file("athanor.yaml", """
                    embedded: true
                    environments:
                      one:
                        embedded: one
                        set: {place: one}
                      locked:
                        url: postgresql://%s:hidden@127.0.0.1:%d/postgres
                        set: {place: locked}
                      two:
                        embedded: two
                        set: {place: two}
                      north:
                        url: %s
                        set: {place: north}
                    """.formatted(server.user(), server.port(), urlOf("north")));
            JsonNode results = all(2, "upgrade", "heads");
            assertThat(codes(results)).isEqualTo("one 0, locked 2, two 0, north 0");
            assertThat(results.get(1).path("result").path("error").path("code").stringValue())
                    .isEqualTo("wrong_password");
            assertThat(results.toString()).doesNotContain("hidden");
            assertThat(cli.run("check", "--all").endsWith(2).out())
                    .containsPattern("one +0 +all is in order")
                    .containsPattern("locked +2 +");
            assertThat(cli.run("current", "--env", "two").endsWith(0).out()).contains("items");
        }
        assertThat(Jdbc.at(urlOf("north")).texts("SELECT DISTINCT place FROM items"))
                .containsExactly("north");
    }

    @Test
    void everyCommandThatTalksToADatabase() {
        assertThat(codes(all(3, "check"))).isEqualTo("north 3, south 3");
        assertThat(cli.run("plan", "upgrade", "heads", "--all").endsWith(0).out())
                .contains("1 revision would be applied; heads: items");
        assertThat(cli.run("upgrade", "heads", "--dry-run", "--all").endsWith(0).out())
                .contains("1 revision would be applied; heads: items");
        assertThat(cli.run("upgrade", "heads", "--phase", "expand", "--all")
                        .endsWith(0)
                        .out())
                .contains("1 phase done; heads: (none)");
        assertThat(cli.run("status", "--all").endsWith(0).out())
                .contains("heads: (none); pending: items; between phases: items");
        assertThat(cli.run("resume", "--all").endsWith(0).out()).contains("nothing to do");
        assertThat(cli.run("--all", "stamp", "heads").endsWith(0).out()).contains("heads: items");
        assertThat(cli.run("current", "--all", "--check-heads").endsWith(0).out())
                .contains("heads: items");
        assertThat(cli.run("doctor", "--all").out()).contains("north", "south").doesNotContain("heads: ");
        Outcome refused = cli.run("downgrade", "--all", "--", "-1").endsWith(8);
        assertThat(refused.out()).contains("--yes");
        assertThat(cli.run("downgrade", "-1", "--all", "--yes").endsWith(0).out())
                .contains("1 revision undone; heads: (none)");
        assertThat(codes(all(9, "upgrade", "nothing"))).isEqualTo("north 9, south 9");
        Jdbc.at(urlOf("north"))
                .execute(
                        "CREATE TABLE alembic_version (version_num text); INSERT INTO alembic_version VALUES ('items')");
        assertThat(cli.run("adopt", "--from", "alembic", "--all").endsWith(2).out())
                .containsPattern("north +0 +1 revision would be stamped; heads: items")
                .containsPattern("south +2 +There is no table");
        assertThat(cli.run("adopt", "--from", "alembic", "--yes", "--all")
                        .endsWith(2)
                        .out())
                .containsPattern("north +0 +1 revision stamped; heads: items");
    }

    private static String codes(JsonNode results) {
        return results.valueStream()
                .map(result -> result.path("environment").stringValue() + " "
                        + result.path("exit_code").intValue())
                .collect(Collectors.joining(", "));
    }

    @Test
    void settingsOfOneDatabaseDoNotReachTheOthers() {
        cli.with("ATHANOR_URL", "postgresql://nobody@127.0.0.1:1/none").with("ATHANOR_ENV", "north");
        all(3, "status", "--check");
        cli.with("ATHANOR_ENV", "nowhere").with("ATHANOR_EMBEDDED", "true").with("ATHANOR_OUTPUT", "json");
        assertThat(cli.run("status", "--check", "--all").endsWith(3).json().path("results"))
                .hasSize(2);
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
        cli.json("status", "--parallel", "2").endsWith(2).refusal().is("usage").says("--all");
        cli.json("history", "--all").endsWith(2).refusal().is("usage").says("'history'");
        cli.json("config", "show", "--all").endsWith(2).refusal().is("usage").says("'config'");
        cli.json("--all").endsWith(2).refusal().is("usage").says("No command");
        cli.json("upgrade", "heads", "--sql", "--all")
                .endsWith(2)
                .refusal()
                .is("usage")
                .says("--sql");
        cli.json("plan", "upgrade", "heads", "--current=", "--all")
                .endsWith(2)
                .refusal()
                .is("usage");
        assertThat(cli.run("status", "--all", "--help").endsWith(0).out()).contains("Usage:", "1, 4, 9, 2");
        cli.file("athanor.yaml", "migrations: migrations\n");
        cli.json("status", "--all").endsWith(2).refusal().is("usage").says("environments");
        cli.file("athanor.yaml", """
                url: postgresql://me@127.0.0.1:1/shared
                environments:
                  one:
                    state-schema: one
                  two:
                    url: postgresql://me@127.0.0.1:1/two
                  three:
                    embedded: no
                """);
        cli.json("status", "--all").endsWith(2).refusal().is("usage").says("one, three");
    }
}
