package dev.athanor.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinariesTest {
    @Test
    void fingerprintIsTheSameInAndOutOfAJar(@TempDir Path folder) throws IOException {
        URL inJar = Objects.requireNonNull(
                getClass().getResource("/" + Platform.current().archive()));
        Path copy = folder.resolve("copy");
        try (InputStream content = inJar.openStream()) {
            Files.copy(content, copy);
        }
        assertThat(Binaries.fingerprint(copy.toUri().toURL()))
                .isEqualTo(Binaries.fingerprint(inJar))
                .hasSize(8);
    }

    @Test
    void unpackedOnceThoughAskedForTwiceAtOnce(@TempDir Path cache) throws IOException {
        CompletableFuture<Binaries> other = CompletableFuture.supplyAsync(() -> Binaries.unpacked(cache));
        Binaries mine = Binaries.unpacked(cache);
        assertThat(other.join()).isEqualTo(mine);
        assertThat(mine.major(Commands.forThisUser())).isGreaterThanOrEqualTo(14);
        assertThat(mine.program("initdb")).isExecutable();
    }
}
