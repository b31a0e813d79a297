package dev.athanor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Java revisions on the command line, beside files and alone. */
@AthanorPostgres
class JavaRevisionsTest {
    static final String SOURCE = """
            package acme;

            import static dev.athanor.migration.Sql.sql;

            import dev.athanor.migration.Migration;
            import dev.athanor.migration.MigrationBuilder;
            import dev.athanor.migration.Revision;

            @Revision(id = "upper", revises = "people", message = "names in upper case", irreversible = "who knows")
            public final class UpperNames implements Migration {
                @Override
                public void define(MigrationBuilder migration) {
                    migration.expand(sql("ALTER TABLE people ADD COLUMN upper_name text"));
                    migration.backfill(sql("UPDATE people SET upper_name = upper(name) WHERE ${chunk}")
                            .over("people")
                            .name("fill"));
                    migration.verify(sql("SELECT count(*) FROM people WHERE upper_name IS NULL"));
                    migration.contract(sql("ALTER TABLE people ALTER upper_name SET NOT NULL"));
                }
            }
            """;

    static final String PEOPLE = """
            -- athanor:revision people
            -- athanor:expand
            CREATE TABLE people (id int PRIMARY KEY, name text NOT NULL);
            INSERT INTO people SELECT n, 'name ' || n FROM generate_series(1, 1000) n;
            """;

    @TempDir
    private Path folder;

    private final TestDatabase database;
    private final Jdbc sql;
    private Cli cli;
    private Javac javac;

    JavaRevisionsTest(TestDatabase database) {
        this.database = database;
        this.sql = database.jdbc();
    }

    @BeforeEach
    void fresh() {
        cli = new Cli(folder).with("ATHANOR_URL", database.url()).file("src/UpperNames.java", SOURCE);
        javac = new Javac(folder, System.getProperty("java.class.path"));
    }

    @Test
    void upgradesThroughFilesAndClasses() {
        assertThat(javac.compile("src/UpperNames.java").endsWith(0).err()).doesNotContain("warning");
        cli.file("migrations/people.sql", PEOPLE).file("athanor.yaml", "classpath: classes\n");
        assertThat(cli.run("history").endsWith(0).out())
                .isEqualToNormalizingNewlines("people -> upper (head), names in upper case\n<base> -> people\n");
        assertThat(cli.run("show", "upper").endsWith(0).out())
                .contains(
                        "Class: acme.UpperNames",
                        "Irreversible: who knows",
                        "backfill fill of \"people\" (backfill-1)",
                        "(contract-1)");
        JsonNode shown =
                cli.json("show", "upper").endsWith(0).json().path("revisions").get(0);
        assertThat(shown.path("file").isNull()).isTrue();
        assertThat(shown.path("class").stringValue()).isEqualTo("acme.UpperNames");
        assertThat(shown.path("sections").get(1).path("origin").stringValue()).isEqualTo("acme.UpperNames: backfill-1");
        assertThat(shown.path("sections").get(1).path("line").isNull()).isTrue();
        JsonNode upgrade = cli.json("upgrade", "head").endsWith(0).json();
        assertThat(upgrade.path("heads_after")).hasToString("[\"upper\"]");
        assertThat(sql.number("SELECT count(*) FROM people WHERE upper_name = upper(name)"))
                .isEqualTo(1000);
    }

    @Test
    void classesAlone() throws IOException {
        cli.file("src/UpperNames.java", SOURCE.replace(", revises = \"people\"", ""));
        javac.compile("src/UpperNames.java").endsWith(0);
        cli.json("heads").endsWith(2).refusal().is("migrations_folder_missing");
        assertThat(cli.run("heads", "--classpath", "classes").endsWith(0).out()).contains("upper");
        cli.json("heads", "--classpath", "classes", "--migrations", "elsewhere")
                .endsWith(2)
                .refusal()
                .is("migrations_folder_missing");
        Files.createDirectory(folder.resolve("lib"));
        String joined = "lib/*" + File.pathSeparator + "classes";
        assertThat(cli.run("heads", "--classpath", joined).endsWith(0).out()).contains("upper");
        cli.with("ATHANOR_CLASSPATH", joined);
        assertThat(cli.run("heads").endsWith(0).out()).contains("upper");
        cli.json("heads", "--classpath", "target")
                .endsWith(2)
                .refusal()
                .is("classpath_missing")
                .says("'target'");
        cli.json("heads", "--classpath", "lib")
                .endsWith(2)
                .refusal()
                .is("java_index_missing")
                .says("'lib'");
        Files.delete(folder.resolve("classes/acme/UpperNames.class"));
        assertThat(cli.run("heads").endsWith(2).paragraph()).contains("'acme.UpperNames' cannot be loaded");
    }

    @Test
    void classPathOfAFileElsewhere() {
        cli.file("src/UpperNames.java", SOURCE.replace(", revises = \"people\"", ""));
        javac.compile("src/UpperNames.java").endsWith(0);
        cli.file("conf/my.yaml", "classpath: [../classes]\n");
        assertThat(cli.run("heads", "--config", "conf/my.yaml").endsWith(0).out())
                .contains("upper");
        cli.file("conf/my.yaml", "classpath: {a: b}\n");
        cli.json("heads", "--config", "conf/my.yaml")
                .endsWith(2)
                .refusal()
                .is("invalid_settings_file")
                .says("'classpath' must be a folder or jar, or a list of them");
    }

    @Test
    void faultsOfFilesAndClassesAtOnce() {
        cli.file("src/UpperNames.java", SOURCE.replace("id = \"upper\"", "id = \"upper case\""))
                .file("migrations/people.sql", PEOPLE.replace("people\n", "peo ple\n"));
        javac.compile("src/UpperNames.java").endsWith(0);
        cli.json("heads", "--classpath", "classes")
                .endsWith(2)
                .refusal()
                .is("invalid_revision_file")
                .says("people.sql:1: found 'peo ple'", "acme.UpperNames: @Revision id: found 'upper case'");
    }

    @Test
    void aFailureNamesClassAndSection() {
        cli.file("migrations/people.sql", PEOPLE)
                .file("src/UpperNames.java", SOURCE.replace("ALTER upper_name", "ALTER lower_name"));
        javac.compile("src/UpperNames.java").endsWith(0);
        sql.execute("DROP SCHEMA IF EXISTS athanor CASCADE; DROP TABLE IF EXISTS people");
        cli.json("upgrade", "head", "--classpath", "classes")
                .endsWith(4)
                .refusal()
                .says("acme.UpperNames: contract-1", "lower_name");
    }
}
