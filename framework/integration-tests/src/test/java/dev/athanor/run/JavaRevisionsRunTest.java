package dev.athanor.run;

import static dev.athanor.migration.Sql.sql;
import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.migration.Migration;
import dev.athanor.migration.MigrationBuilder;
import dev.athanor.migration.Revision;
import dev.athanor.postgres.ConnectionUrl;
import dev.athanor.postgres.Database;
import dev.athanor.source.JavaRevisions;
import dev.athanor.source.RevisionFolder;
import dev.athanor.source.Revisions;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files and classes in one graph on one database: a file, a class behind it, a file behind that. */
@AthanorPostgres
class JavaRevisionsRunTest {
    private static final String TABLE = "tick\"ets; drop";

    private static final String FIRST = """
            -- athanor:revision tickets
            -- athanor:expand
            CREATE TABLE "tick""ets; drop" (id bigint PRIMARY KEY, title text NOT NULL);
            INSERT INTO "tick""ets; drop" SELECT n, 'Title ' || n FROM generate_series(1, 3000) n;
            -- athanor:undo expand
            DROP TABLE "tick""ets; drop";
            """;

    private static final String LAST = """
            -- athanor:revision index
            -- athanor:revises lower
            -- athanor:expand transaction=none
            CREATE INDEX CONCURRENTLY ix_lower ON "tick""ets; drop" (lower_title);
            -- athanor:undo expand
            DROP INDEX ix_lower;
            """;

    @Revision(id = "lower", revises = "tickets", message = "titles in lower case")
    public static final class LowerTitles implements Migration {
        @Override
        public void define(MigrationBuilder migration) {
            String table = "\"tick\"\"ets; drop\"";
            migration.expand(
                    sql("ALTER TABLE " + table + " ADD COLUMN lower_title text").lockTimeout(Duration.ofSeconds(5)));
            migration.backfill(sql("UPDATE " + table + " t SET lower_title = lower(title)"
                            + " WHERE ${chunk:t} AND lower_title IS NULL")
                    .over(table)
                    .key("id")
                    .chunkSize(500)
                    .name("fill"));
            migration.verify(sql("SELECT count(*) FROM " + table + " WHERE lower_title IS NULL"));
            migration.contract(sql("ALTER TABLE " + table + " ALTER COLUMN lower_title SET NOT NULL"));
            migration.undoContract(sql("ALTER TABLE " + table + " ALTER COLUMN lower_title DROP NOT NULL"));
            migration.undoExpand(sql("ALTER TABLE " + table + " DROP COLUMN lower_title"));
        }
    }

    @TempDir
    private Path folder;

    private final TestDatabase database;
    private final Jdbc sql;

    JavaRevisionsRunTest(TestDatabase database) {
        this.database = database;
        this.sql = database.jdbc();
    }

    @Test
    void upgradesAndDowngradesThroughFilesAndClasses() throws IOException {
        Files.writeString(folder.resolve("1.sql"), FIRST);
        Files.writeString(folder.resolve("2.sql"), LAST);
        Revisions revisions = RevisionFolder.read(List.of(folder)).plus(JavaRevisions.of(new LowerTitles()));
        try (Database opened = Database.open(
                ConnectionUrl.parse(database.url(), Map.of()), MigrationRunner.connectionsFor(revisions))) {
            MigrationRunner runner = MigrationRunner.of(opened, revisions).build();
            RunResult result = runner.upgrade(new UpgradeRequest("head", null));
            assertThat(result.headsAfter()).containsExactly("index");
            assertThat(result.backfills()).hasSize(1).allSatisfy(fill -> {
                assertThat(fill.revision()).isEqualTo("lower");
                assertThat(fill.name()).isEqualTo("fill");
            });
            assertThat(sql.number("SELECT count(*) FROM \"tick\"\"ets; drop\" WHERE lower_title = lower(title)"))
                    .isEqualTo(3000);
            assertThat(sql.texts("SELECT checksum FROM athanor.revision WHERE id = 'lower'"))
                    .containsExactly(revisions.find("lower").orElseThrow().checksum());
            assertThat(runner.downgrade("tickets").headsAfter()).containsExactly("tickets");
            assertThat(sql.texts(
                            "SELECT column_name::text FROM information_schema.columns WHERE table_name = ?"
                                    + " ORDER BY ordinal_position",
                            TABLE))
                    .containsExactly("id", "title");
            assertThat(runner.upgrade(new UpgradeRequest("head", null)).headsAfter())
                    .containsExactly("index");
        }
    }
}
