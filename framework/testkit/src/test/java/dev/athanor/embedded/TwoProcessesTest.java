package dev.athanor.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.testkit.ChildJvm;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try")
class TwoProcessesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void shareOneServerThatTheLastOneStops() {
        try (ChildJvm child = holder();
                EmbeddedServer mine = EmbeddedServer.open(EmbeddedSettings.in(folder))) {
            long postmaster = postmaster(child);
            assertThat(mine.processId()).isEqualTo(postmaster);
            end(child);
            assertThat(mine.processId()).isEqualTo(postmaster);
            mine.close();
            assertThat(Processes.isAlive(postmaster)).isFalse();
        }
    }

    @Test
    void serverOutlivesTheProcessThatStartedIt() {
        try (EmbeddedServer mine = EmbeddedServer.open(EmbeddedSettings.in(folder));
                ChildJvm child = holder()) {
            long postmaster = postmaster(child);
            assertThat(mine.processId()).isEqualTo(postmaster);
            mine.close();
            assertThat(Processes.isAlive(postmaster)).isTrue();
            end(child);
            assertThat(Processes.isAlive(postmaster)).isFalse();
        }
    }

    @Test
    void startingAtOnceOnAnEmptyFolderGiveOneServer() {
        try (ChildJvm one = holder();
                ChildJvm two = holder()) {
            long postmaster = postmaster(one);
            assertThat(postmaster(two)).isEqualTo(postmaster);
            end(one);
            end(two);
            assertThat(Processes.isAlive(postmaster)).isFalse();
        }
    }

    @Test
    void serverOfAKilledProcessIsAdopted() {
        try (ChildJvm child = holder()) {
            long postmaster = postmaster(child);
            child.kill9();
            assertThat(Processes.isAlive(postmaster)).isTrue();
            try (EmbeddedServer adopted = EmbeddedServer.open(EmbeddedSettings.in(folder))) {
                assertThat(adopted.processId()).isEqualTo(postmaster);
            }
            assertThat(Processes.isAlive(postmaster)).isFalse();
        }
    }

    @Test
    void interruptedProcessStopsItsServer() {
        try (ChildJvm child = holder()) {
            long postmaster = postmaster(child);
            child.interrupt();
            assertThat(child.awaitExit(PATIENCE)).isEqualTo(130);
            assertThat(Processes.isAlive(postmaster)).isFalse();
        }
    }

    @Test
    void interruptedProcessMayFinishItsWorkFirst() {
        try (ChildJvm child =
                ChildJvm.running(PoliteHolder.class).with(folder.toString()).start()) {
            long postmaster = postmaster(child);
            child.interrupt();
            assertThat(child.awaitExit(PATIENCE)).isEqualTo(130);
            assertThat(child.output()).contains("last words: 42");
            assertThat(Processes.isAlive(postmaster)).isFalse();
        }
    }

    @Test
    void throwAwayServerOfAKilledProcessIsSweptByTheNext() {
        try (ChildJvm child = ChildJvm.running(ServerHolder.class).start()) {
            String[] said = child.awaitLine("open ", PATIENCE).split(" ");
            child.kill9();
            try (EmbeddedServer next = EmbeddedServer.open(EmbeddedSettings.throwAway())) {
                assertThat(Processes.isAlive(Long.parseLong(said[1]))).isFalse();
                assertThat(Path.of(said[2])).doesNotExist();
                assertThat(next.port()).isPositive();
            }
        }
    }

    private ChildJvm holder() {
        return ChildJvm.running(ServerHolder.class).with(folder.toString()).start();
    }

    private static long postmaster(ChildJvm child) {
        return Long.parseLong(child.awaitLine("open ", PATIENCE).split(" ")[1]);
    }

    private static void end(ChildJvm child) {
        child.writeLine("end");
        assertThat(child.awaitExit(PATIENCE)).isZero();
    }
}
