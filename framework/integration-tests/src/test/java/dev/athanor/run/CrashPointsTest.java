package dev.athanor.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.backfill.ChunkPoint;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.ChildJvm;
import dev.athanor.testkit.CrashPoint;
import dev.athanor.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The process dies at each named point of a chunk, early and late; what another one goes on with is done once. */
@AthanorPostgres
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class CrashPointsTest {
    private static final int ROWS = 3_000;

    /** Thirty chunks in all: the very first, and one amid the ranges. */
    private static final long[] PASSES = {1, 17};

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"READ", "TRANSFORMED"})
    void what_dies_at_a_point_is_done_once(ChunkPoint point, TestDatabase database) {
        Once once = new Once(database, ROWS);
        Migrations migrations = once.prepare(folder, database, "chunk-size=100 workers=2");
        for (long pass : PASSES) {
            try (ChildJvm child = WorkerProcess.dyingAt(CrashPoint.at(point, pass), migrations)) {
                assertThat(child.awaitExit(WorkerProcess.PATIENCE))
                        .as(() -> String.join("\n", child.output()))
                        .isEqualTo(CrashPoint.EXIT_CODE);
            }
        }
        try (ChildJvm last = WorkerProcess.resuming(migrations)) {
            assertThat(last.awaitExit(WorkerProcess.PATIENCE))
                    .as(() -> String.join("\n", last.output()))
                    .isZero();
        }
        once.everythingIsDoneOnce();
    }
}
