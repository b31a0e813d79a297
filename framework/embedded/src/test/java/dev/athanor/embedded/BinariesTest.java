package dev.athanor.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
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
        EmbeddedSettings settings = EmbeddedSettings.throwAway().withCacheDirectory(cache);
        CompletableFuture<Binaries> other = CompletableFuture.supplyAsync(() -> Binaries.unpacked(settings));
        Binaries mine = Binaries.unpacked(settings);
        assertThat(other.join()).isEqualTo(mine);
        assertThat(mine.major(Commands.forThisUser())).isGreaterThanOrEqualTo(14);
        assertThat(mine.program("initdb")).isExecutable();
    }

    @Test
    void aJarAndAnArchiveAreTakenAsTheClassPathIs(@TempDir Path folder) throws Exception {
        URL inJar = Objects.requireNonNull(
                getClass().getResource("/" + Platform.current().archive()));
        Path jar = Path.of(
                ((JarURLConnection) inJar.openConnection()).getJarFileURL().toURI());
        Path archive = folder.resolve("some.txz");
        try (InputStream content = inJar.openStream()) {
            Files.copy(content, archive);
        }
        EmbeddedSettings settings = EmbeddedSettings.throwAway().withCacheDirectory(folder.resolve("cache"));
        Binaries expected = Binaries.unpacked(settings);
        assertThat(Binaries.unpacked(settings.withBinaries(jar))).isEqualTo(expected);
        assertThat(Binaries.unpacked(settings.withBinaries(archive))).isEqualTo(expected);
    }

    @Test
    void nothingToUnpackSaysWhereItWasSought(@TempDir Path folder) throws IOException {
        Path empty = folder.resolve("empty.jar");
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(empty))) {
            jar.putNextEntry(new ZipEntry("readme"));
        }
        EmbeddedSettings settings = EmbeddedSettings.throwAway().withCacheDirectory(folder.resolve("cache"));
        for (Path wrong : List.of(empty, folder.resolve("missing.jar"), folder)) {
            assertThatExceptionOfType(EmbeddedPostgresException.class)
                    .isThrownBy(() -> Binaries.unpacked(settings.withBinaries(wrong)))
                    .withMessageContaining("'" + wrong + "'")
                    .satisfies(e -> assertThat(e.code()).isEqualTo("embedded_no_binaries"));
        }
    }
}
