package dev.athanor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ChildJvmTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void runsWithArgumentsEnvironmentAndInput() {
        try (ChildJvm child = echo()) {
            assertThat(child.awaitLine("hello", PATIENCE)).isEqualTo("hello one two set 67108864");
            child.writeLine("again");
            assertThat(child.awaitLine("echo", PATIENCE)).isEqualTo("echo again");
            child.writeLine("end");
            assertThat(child.awaitExit(PATIENCE)).isEqualTo(3);
            assertThat(child.output()).endsWith("bye");
            assertThatThrownBy(() -> child.awaitLine("never", PATIENCE)).hasMessageContaining("hello one two");
        }
    }

    @Test
    void frozenOneSaysNothingUntilItGoesOn() {
        try (ChildJvm child = echo()) {
            child.awaitLine("hello", PATIENCE);
            child.sigstop();
            child.writeLine("frozen");
            assertThatThrownBy(() -> child.awaitLine("echo frozen", Duration.ofMillis(300)))
                    .isInstanceOf(AssertionError.class);
            child.sigcont();
            child.awaitLine("echo frozen", PATIENCE);
        }
    }

    @Test
    void killedOneIsGoneAtOnce() {
        try (ChildJvm child = echo()) {
            child.awaitLine("hello", PATIENCE);
            child.kill9();
            assertThat(child.isAlive()).isFalse();
            assertThat(child.awaitExit(PATIENCE)).isEqualTo(137);
        }
    }

    @Test
    void closingEndsAFrozenOne() {
        ChildJvm child = echo();
        child.awaitLine("hello", PATIENCE);
        child.sigstop();
        child.close();
        assertThat(child.isAlive()).isFalse();
    }

    private static ChildJvm echo() {
        return ChildJvm.running(Echo.class)
                .with("one", "two")
                .withJvm("-Xmx64m")
                .withEnvironment("ATHANOR_ECHO", "set")
                .start();
    }

    /** Says hello, echoes lines, ends with exit code 3 at the line "end". */
    static final class Echo {
        private Echo() {}

        public static void main(String[] arguments) throws IOException {
            System.out.println("hello " + String.join(" ", arguments) + " " + System.getenv("ATHANOR_ECHO") + " "
                    + Runtime.getRuntime().maxMemory());
            BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = input.readLine(); line != null && !line.equals("end"); line = input.readLine()) {
                System.out.println("echo " + line);
            }
            System.out.println("bye");
            System.exit(3);
        }
    }
}
