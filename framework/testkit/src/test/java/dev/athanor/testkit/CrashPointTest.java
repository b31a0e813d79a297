package dev.athanor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.backfill.ChunkPoint;
import dev.athanor.backfill.ChunkProbe;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CrashPointTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void processDiesAtTheAskedPassOfTheAskedPoint() {
        CrashPoint third = CrashPoint.at(ChunkPoint.CHANGED, 3);
        try (ChildJvm child =
                ChildJvm.running(Chunks.class).withJvm(third.jvmArgument()).start()) {
            assertThat(child.awaitExit(PATIENCE)).isEqualTo(CrashPoint.EXIT_CODE);
            assertThat(child.output()).containsExactly("chunk 1", "chunk 2");
        }
    }

    @Test
    void processThatIsNotAskedLives() {
        assertThat(CrashPoint.asked()).isSameAs(ChunkProbe.NONE);
        try (ChildJvm child = ChildJvm.running(Chunks.class).start()) {
            assertThat(child.awaitExit(PATIENCE)).isZero();
            assertThat(child.output()).hasSize(5);
        }
    }

    @Test
    void nonsenseIsRefused() {
        assertThat(CrashPoint.parse("LOCKED:12")).hasToString("LOCKED:12");
        assertThatThrownBy(() -> CrashPoint.parse("LOCKED")).hasMessageContaining("CHANGED:3");
        assertThatThrownBy(() -> CrashPoint.at(ChunkPoint.LOCKED, 0)).hasMessageContaining("not 0");
    }

    /** Five chunks. */
    static final class Chunks {
        private Chunks() {}

        public static void main(String[] arguments) {
            ChunkProbe probe = CrashPoint.asked();
            for (int chunk = 1; chunk <= 5; chunk++) {
                for (ChunkPoint point : ChunkPoint.values()) {
                    probe.reached(point, 1, 1);
                }
                System.out.println("chunk " + chunk);
            }
        }
    }
}
