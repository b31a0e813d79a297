package dev.athanor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Every setting as it holds, and where it comes from. */
class ConfigShowTest {
    private final Cli cli;

    ConfigShowTest(@TempDir Path folder) {
        cli = new Cli(folder).file("athanor.yaml", """
                url: postgresql://me:hidden@localhost/desk
                migrations: [one, two]
                set:
                  tablespace: fast
                  api-token: hidden
                environments:
                  production:
                    url: postgresql://deploy:hidden@db/desk
                    state-schema: ops
                """);
    }

    private Map<String, String> shown(String... arguments) {
        String[] words = new String[arguments.length + 2];
        words[0] = "config";
        words[1] = "show";
        System.arraycopy(arguments, 0, words, 2, arguments.length);
        Outcome outcome = cli.json(words).endsWith(0);
        assertThat(outcome.out()).doesNotContain("hidden");
        Map<String, String> shown = new TreeMap<>();
        for (JsonNode setting : outcome.json().path("settings")) {
            assertThat(setting.propertyNames()).containsExactly("name", "value", "origin");
            shown.put(
                    setting.path("name").stringValue(),
                    setting.path("value").stringValue() + " <- "
                            + setting.path("origin").stringValue());
        }
        return shown;
    }

    @Test
    void theFileAndTheDefaults() {
        assertThat(shown())
                .containsEntry("url", "postgresql://me:***@localhost/desk <- athanor.yaml:1")
                .containsEntry("migrations", "one, two <- athanor.yaml:2")
                .containsEntry("set.tablespace", "fast <- athanor.yaml:4")
                .containsEntry("set.api-token", "*** <- athanor.yaml:5")
                .containsEntry("state-schema", "athanor <- default")
                .containsEntry("config", "athanor.yaml <- default")
                .containsEntry("env", " <- default")
                .containsEntry("locks.cancel-autovacuum", "false <- default")
                .containsEntry("locks.cancel-blockers", " <- default")
                .containsEntry("embedded", " <- default");
    }

    @Test
    void whomARunMayEnd() {
        cli.file("athanor.yaml", "locks:\n  cancel-autovacuum: true\n  cancel-blockers: app,report\n");
        assertThat(shown())
                .containsEntry("locks.cancel-autovacuum", "true <- athanor.yaml:2")
                .containsEntry("locks.cancel-blockers", "app,report <- athanor.yaml:3");
        cli.file("athanor.yaml", "locks:\n  cancel-blocker: app\n");
        assertThat(cli.json("config", "show").endsWith(2).out())
                .contains("locks has no setting 'cancel-blocker'; it has cancel-blockers");
    }

    @Test
    void theEnvironmentOverTheFileAndTheFlagOverAll() {
        assertThat(shown("--env", "production"))
                .containsEntry("env", "production <- flag --env")
                .containsEntry("url", "postgresql://deploy:***@db/desk <- athanor.yaml:8, environment production")
                .containsEntry("state-schema", "ops <- athanor.yaml:9, environment production");
        cli.with("ATHANOR_ENV", "production")
                .with("ATHANOR_URL", "postgresql://other@db/desk")
                .with("ATHANOR_STATE_SCHEMA", "state");
        assertThat(shown("--set", "tablespace=slow", "--migrations", "three"))
                .containsEntry("env", "production <- environment variable ATHANOR_ENV")
                .containsEntry("url", "postgresql://other@db/desk <- environment variable ATHANOR_URL")
                .containsEntry("state-schema", "state <- environment variable ATHANOR_STATE_SCHEMA")
                .containsEntry("migrations", "three <- flag --migrations")
                .containsEntry("output", "json <- flag --output")
                .containsEntry("set.tablespace", "slow <- flag --set");
        assertThat(shown("--embedded"))
                .containsEntry("embedded", "athanor <- flag --embedded")
                .containsEntry("url", " <- default");
    }

    @Test
    void anotherFileOrNone() {
        cli.file("conf/other.yaml", "state-schema: other\noutput: json\n").with("ATHANOR_CONFIG", "conf/other.yaml");
        assertThat(shown())
                .containsEntry("config", "conf/other.yaml <- environment variable ATHANOR_CONFIG")
                .containsEntry("state-schema", "other <- conf/other.yaml:1")
                .containsEntry("url", " <- default");
        assertThat(shown("--config", "athanor.yaml")).containsEntry("config", "athanor.yaml <- flag --config");
        cli.with("ATHANOR_OUTPUT", "xml");
        assertThat(cli.run("config", "show").endsWith(2).paragraph())
                .contains("'xml' (environment variable ATHANOR_OUTPUT)");
    }

    /** What an environment names counts before what stands at the top, whichever of the two it is. */
    @Test
    void theDatabaseOfAnEnvironment() {
        cli.file("athanor.yaml", """
                embedded: true
                environments:
                  production:
                    url: postgresql://deploy@db/desk
                  local:
                    embedded: desk
                  same:
                    set: {tablespace: slow}
                """);
        assertThat(shown("--env", "production"))
                .containsEntry("url", "postgresql://deploy@db/desk <- athanor.yaml:4, environment production")
                .containsEntry("embedded", " <- default");
        assertThat(shown("--env", "local")).containsEntry("embedded", "desk <- athanor.yaml:6, environment local");
        assertThat(shown("--env", "same"))
                .containsEntry("embedded", "athanor <- athanor.yaml:1")
                .containsEntry("set.tablespace", "slow <- athanor.yaml:8, environment same");
    }

    @Test
    void noPasswordIsShownWhereverItStands() {
        cli.with("ATHANOR_URL", "postgresql://u@h/db?sslpassword=hidden&sslmode=require&password=hidden");
        assertThat(shown("--set", "db_pwd=hidden", "--set", "source=postgresql://u:hidden@h/db"))
                .containsEntry(
                        "url",
                        "postgresql://u@h/db?sslpassword=***&sslmode=require&password=***"
                                + " <- environment variable ATHANOR_URL")
                .containsEntry("set.db_pwd", "*** <- flag --set")
                .containsEntry("set.source", "postgresql://u:***@h/db <- flag --set");
        assertThat(shown("--url", "jdbc:postgresql://h/db?user=u&sslPassword=hidden"))
                .containsEntry("url", "jdbc:postgresql://h/db?user=u&sslPassword=*** <- flag --url");
    }

    @Test
    void asATable() {
        assertThat(cli.run("config", "show").endsWith(0).out())
                .contains("SETTING", "VALUE", "fast")
                .doesNotContain("ORIGIN", "athanor.yaml:", "hidden");
        assertThat(cli.run("config", "show", "--origin").endsWith(0).out()).contains("ORIGIN", "athanor.yaml:4");
        cli.json("config").endsWith(2).refusal().is("usage");
        cli.json("config", "show", "--env", "nowhere").endsWith(2).refusal().says("production");
    }
}
