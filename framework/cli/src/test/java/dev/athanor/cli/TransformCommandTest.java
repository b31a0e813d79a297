package dev.athanor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Row transforms and copies on the command line: told of, refused where they are no SQL, run with their class loader. */
@AthanorPostgres
class TransformCommandTest {
    private static final String SOURCE = """
            package acme;

            import static dev.athanor.migration.Rows.copy;
            import static dev.athanor.migration.Rows.transform;
            import static dev.athanor.migration.Sql.sql;

            import dev.athanor.migration.Migration;
            import dev.athanor.migration.MigrationBuilder;
            import dev.athanor.migration.Revision;
            import dev.athanor.migration.RowView;
            import java.util.Map;
            import reactor.core.publisher.Mono;

            @Revision(id = "rows", revises = "people", message = "names and numbers")
            public final class WorkOnRows implements Migration {
                /** Loaded when the first row is transformed. */
                static final class Later {
                    static Map<String, String> shout(RowView row) {
                        return Map.of("loud", row.text("name") + "!");
                    }
                }

                @Override
                public void define(MigrationBuilder migration) {
                    migration.expand(sql("ALTER TABLE people ADD COLUMN loud text; CREATE TABLE old (id int, name text)"));
                    migration.backfill(transform("people")
                            .reads("name")
                            .writes("loud")
                            .with(row -> Mono.fromCallable(() -> Later.shout(row)))
                            .name("shout"));
                    migration.backfill(copy("people").from("legacy").into("old").columns("id", "name").name("fetch"));
                    migration.verify(sql("SELECT count(*) FROM people WHERE loud IS DISTINCT FROM name || '!'"));
                }
            }
            """;

    @TempDir
    private Path folder;

    @Test
    void rows_are_worked_on(TestDatabase database) {
        Jdbc sql = database.jdbc();
        try (TestDatabase legacy = database.server().newDatabase()) {
            legacy.jdbc()
                    .execute("CREATE TABLE people (id int PRIMARY KEY, name text);"
                            + "INSERT INTO people SELECT n, 'old ' || n FROM generate_series(1, 500) n");
            Cli cli = new Cli(folder)
                    .with("ATHANOR_URL", database.url())
                    .file("src/WorkOnRows.java", SOURCE)
                    .file("migrations/people.sql", JavaRevisionsTest.PEOPLE)
                    .file("athanor.yaml", "classpath: classes\n");
            new Javac(folder, System.getProperty("java.class.path"))
                    .compile("src/WorkOnRows.java")
                    .endsWith(0);
            String shape =
                    "in the JVM: acme.WorkOnRows reads \"name\", writes \"loud\", 16 rows at once in each worker";
            assertThat(cli.run("show", "rows").endsWith(0).out())
                    .contains("backfill shout of \"people\", " + shape, "copy from database 'legacy'");
            JsonNode sections = cli.json("show", "rows")
                    .endsWith(0)
                    .json()
                    .path("revisions")
                    .get(0)
                    .path("sections");
            assertThat(sections.get(1).path("sql").isNull()).isTrue();
            cli.json("upgrade", "heads", "--sql")
                    .endsWith(8)
                    .refusal()
                    .is("not_sql")
                    .says("Backfill shout");
            cli.run("upgrade", "people").endsWith(0);
            assertThat(cli.run("upgrade", "heads", "--dry-run").endsWith(0).out())
                    .contains(shape, "its rows are in database 'legacy'");
            cli.json("upgrade", "heads")
                    .endsWith(2)
                    .refusal()
                    .is("unknown_source")
                    .says("'legacy'");
            cli.file("athanor.yaml", "classpath: classes\nenvironments:\n  legacy:\n    url: " + legacy.url() + "\n");
            assertThat(cli.run("resume").endsWith(0).out()).contains("rows");
            assertThat(sql.number("SELECT count(*) FROM people WHERE loud = name || '!'"))
                    .isEqualTo(1000);
            assertThat(sql.number("SELECT count(DISTINCT id) FROM old WHERE name = 'old ' || id"))
                    .isEqualTo(500);
            assertThat(sql.number("SELECT count(*) FROM old")).isEqualTo(500);
        }
    }
}
