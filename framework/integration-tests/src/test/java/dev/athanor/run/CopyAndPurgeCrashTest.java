package dev.athanor.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.backfill.ChunkPoint;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.ChildJvm;
import dev.athanor.testkit.CrashPoint;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows that are copied, or moved to an archive, by processes that die: each arrives once, and none is lost. */
@AthanorPostgres
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class CopyAndPurgeCrashTest {
    private static final int ROWS = 3_000;
    /** In the copy, thirty chunks long, and in the purge behind it. */
    private static final long[] PASSES = {7, 40};

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(names = {"CHANGED", "COMMITTED"})
    void every_row_arrives_once(ChunkPoint point, TestDatabase database) {
        Jdbc sql = database.jdbc();
        sql.execute("DROP SCHEMA IF EXISTS athanor CASCADE; DROP TABLE IF EXISTS tickets, copies, archive;"
                + "CREATE TABLE tickets (id bigint PRIMARY KEY, subject text);"
                + "INSERT INTO tickets SELECT i, 'number ' || i FROM generate_series(1, " + ROWS + ") i;"
                // no unique key: a row that came twice would stay twice
                + "CREATE TABLE copies (id bigint, subject text); CREATE TABLE archive (LIKE copies)");
        Migrations migrations = new Migrations(folder, database).with("1", """
                -- athanor:revision move

                -- athanor:backfill name=copy table=tickets chunk-size=100 workers=2
                INSERT INTO copies SELECT id, subject FROM tickets WHERE ${chunk};

                -- athanor:backfill name=purge table=tickets chunk-size=100 workers=2
                WITH gone AS (DELETE FROM tickets WHERE ${chunk} AND id % 3 = 0 RETURNING id, subject)
                INSERT INTO archive SELECT id, subject FROM gone;
                """);
        for (long pass : PASSES) {
            try (ChildJvm child = WorkerProcess.dyingAt(CrashPoint.at(point, pass), migrations)) {
                assertThat(child.awaitExit(WorkerProcess.PATIENCE))
                        .as(() -> String.join("\n", child.output()))
                        .isEqualTo(CrashPoint.EXIT_CODE);
            }
        }
        migrations.resume();
        assertThat(sql.number("SELECT count(*) FROM copies")).isEqualTo(ROWS);
        assertThat(sql.number("SELECT count(DISTINCT id) FROM copies")).isEqualTo(ROWS);
        assertThat(sql.number("SELECT count(*) FROM archive")).isEqualTo(ROWS / 3);
        assertThat(sql.number("SELECT count(DISTINCT id) FROM archive WHERE subject = 'number ' || id AND id % 3 = 0"))
                .isEqualTo(ROWS / 3);
        assertThat(sql.number("SELECT count(*) FROM tickets WHERE id % 3 <> 0")).isEqualTo(ROWS - ROWS / 3);
        assertThat(sql.number("SELECT count(*) FROM tickets")).isEqualTo(ROWS - ROWS / 3);
    }
}
