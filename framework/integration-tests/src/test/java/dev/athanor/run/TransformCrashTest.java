package dev.athanor.run;

import static dev.athanor.migration.Rows.copy;
import static dev.athanor.migration.Rows.transform;
import static dev.athanor.migration.Sql.sql;
import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.backfill.ChunkPoint;
import dev.athanor.migration.Migration;
import dev.athanor.migration.MigrationBuilder;
import dev.athanor.migration.Revision;
import dev.athanor.postgres.ConnectionUrl;
import dev.athanor.postgres.Database;
import dev.athanor.postgres.PoolSettings;
import dev.athanor.source.JavaRevisions;
import dev.athanor.source.Revisions;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.ChildJvm;
import dev.athanor.testkit.CrashPoint;
import dev.athanor.testkit.TestDatabase;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;

/** Processes that die in any stage of a transform, and of a copy from another database: every row is done once. */
@AthanorPostgres
class TransformCrashTest {
    private static final int ROWS = 2_000;

    /** A counter that is not idempotent, and a copy into a table without a key. */
    @Revision(id = "rows")
    public static final class WorkOnRows implements Migration {
        @Override
        public void define(MigrationBuilder migration) {
            migration.expand(sql("CREATE TABLE copied (id bigint, n int)"));
            migration.backfill(transform("counted")
                    .reads("n")
                    .writes("n")
                    .with(row -> Mono.just(Map.of("n", Objects.requireNonNull(row.get("n", Integer.class)) + 1)))
                    .concurrency(4)
                    .name("count")
                    .chunkSize(100));
            migration.backfill(copy("counted")
                    .from("legacy")
                    .into("copied")
                    .columns("id", "n")
                    .chunkSize(100));
            migration.verify(sql("SELECT count(*) FROM counted WHERE n <> 1").name("counted"));
            migration.verify(
                    sql("SELECT " + ROWS + " - count(DISTINCT id) FROM copied").name("copied"));
        }
    }

    /** Runs it in a process of its own. */
    static final class Worker {
        private Worker() {}

        public static void main(String[] arguments) {
            Revisions revisions = JavaRevisions.of(new WorkOnRows());
            try (Database database = open(arguments[0]);
                    Database legacy = open(arguments[1])) {
                MigrationRunner.of(database, revisions)
                        .source("legacy", legacy)
                        .lease(WorkerProcess.LEASE)
                        .probe(CrashPoint.asked())
                        .build()
                        .upgrade(new UpgradeRequest("heads", null));
            }
        }

        private static Database open(String url) {
            return Database.open(ConnectionUrl.parse(url, Map.of()), PoolSettings.DEFAULTS);
        }
    }

    @ParameterizedTest
    @EnumSource(ChunkPoint.class)
    void what_dies_at_a_point_is_done_once(ChunkPoint point, TestDatabase database) {
        String table = "CREATE TABLE counted (id bigint PRIMARY KEY, n int NOT NULL DEFAULT 0);"
                + "INSERT INTO counted SELECT i FROM generate_series(1, " + ROWS + ") i";
        database.jdbc().execute("DROP SCHEMA IF EXISTS athanor CASCADE; DROP TABLE IF EXISTS counted, copied;" + table);
        try (TestDatabase legacy = database.server().newDatabase()) {
            legacy.jdbc().execute(table);
            // amid the transform, and amid the copy behind what is left of it
            for (long pass : new long[] {7, 20}) {
                try (ChildJvm child = child(database, legacy)
                        .withJvm(CrashPoint.at(point, pass).jvmArgument())
                        .start()) {
                    assertThat(child.awaitExit(WorkerProcess.PATIENCE))
                            .as(() -> String.join("\n", child.output()))
                            .isEqualTo(CrashPoint.EXIT_CODE);
                }
            }
            try (ChildJvm last = child(database, legacy).start()) {
                assertThat(last.awaitExit(WorkerProcess.PATIENCE))
                        .as(() -> String.join("\n", last.output()))
                        .isZero();
            }
        }
        assertThat(database.jdbc().number("SELECT count(*) FROM counted WHERE n = 1"))
                .isEqualTo(ROWS);
        assertThat(database.jdbc().number("SELECT count(*) FROM copied")).isEqualTo(ROWS);
        assertThat(database.jdbc().number("SELECT count(DISTINCT id) FROM copied"))
                .isEqualTo(ROWS);
    }

    private static ChildJvm.Builder child(TestDatabase database, TestDatabase legacy) {
        return WorkerProcess.child(Worker.class).with(database.url(), legacy.url());
    }
}
