package dev.athanor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.util.function.Tuples;

class SharedClassesTest {
    @TempDir
    Path folder;

    @Test
    void aChildTakesTheClassesOfTheListFromTheArchive() throws IOException {
        Path list = folder.resolve("classes");
        Files.writeString(list, "java/lang/Object\nreactor/util/function/Tuples\nno/such/Class\n");
        try (ChildJvm child = ChildJvm.running(OfALibrary.class)
                .sharing(SharedClasses.of(list))
                .withJvm("-Xlog:class+load")
                .start()) {
            assertThat(child.awaitExit(Duration.ofSeconds(30))).isZero();
            assertThat(child.output())
                    .anyMatch(line -> line.contains(Tuples.class.getName() + " source: shared objects file"));
        }
    }

    @Test
    void aListThatIsNotThereIsNamed() {
        Path list = folder.resolve("none");
        assertThatThrownBy(() -> SharedClasses.of(list))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(list.toString());
    }

    /** Needs a class of a library. */
    static final class OfALibrary {
        private OfALibrary() {}

        public static void main(String[] arguments) {
            System.out.println(List.of(Tuples.of("one", "two")));
        }
    }
}
