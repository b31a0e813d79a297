package dev.athanor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a checkout of its own, with the jar as it is built: the archive of classes that it makes and uses. */
class LauncherIT {
    private static final Path PROJECT = Path.of("..", "..").toAbsolutePath().normalize();
    private static final Instant BUILT = Instant.parse("2026-01-01T00:00:00Z");
    private static final String VERSION = "athanor ";

    @TempDir
    private Path checkout;

    @BeforeEach
    void checkOut() throws IOException {
        Path cli = Files.createDirectories(checkout.resolve("framework/cli"));
        Files.createDirectories(cli.resolve("target"));
        Files.createDirectories(cli.resolve("launcher"));
        copy("athanor");
        copy("framework/cli/launcher/classes");
        copy("framework/cli/target/athanor.jar");
        date("framework/cli/target/athanor.jar", BUILT);
        Files.createFile(checkout.resolve("pom.xml"));
        date("pom.xml", BUILT.minusSeconds(60));
    }

    @Test
    void theArchiveIsMadeByTheFirstCommandAndUsedByTheNext() throws IOException {
        version(Map.of());
        Path archive = awaitArchive();
        FileTime made = Files.getLastModifiedTime(archive);
        assertThat(loads()).contains("dev.athanor.cli.Main source: shared objects file");
        assertThat(archives()).containsExactly(archive);
        assertThat(Files.getLastModifiedTime(archive)).isEqualTo(made);
    }

    @Test
    void aNewJarHasANewArchive() throws IOException {
        version(Map.of());
        Path archive = awaitArchive();
        date("framework/cli/target/athanor.jar", BUILT.plusSeconds(120));
        date("pom.xml", BUILT.plusSeconds(60));
        version(Map.of());
        assertThat(archive).doesNotExist();
        assertThat(awaitArchive()).isNotEqualTo(archive);
        assertThat(loads()).contains("dev.athanor.cli.Main source: shared objects file");
    }

    @Test
    void anArchiveThatIsNoneIsLeftAsideWithoutAWord() throws IOException {
        version(Map.of());
        Path archive = awaitArchive();
        // Not written over: it is read-only.
        for (String content : List.of("no archive", "")) {
            Files.delete(archive);
            Files.writeString(archive, content);
            version(Map.of());
            assertThat(archive).hasContent(content);
        }
    }

    @Test
    void aJavaThatCannotMakeItIsAskedOnce() throws IOException {
        Path asked = checkout.resolve("asked");
        Path java = Files.createDirectories(checkout.resolve("jdk/bin")).resolve("java");
        Files.writeString(
                java,
                "#!/bin/sh\ncase \"$*\" in *-Xshare:dump*) echo asked >>'" + asked
                        + "'; echo no >&2; exit 1;; esac\nexec '" + java(System.getProperty("java.home"))
                        + "' \"$@\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Map<String, String> home = Map.of("JAVA_HOME", checkout.resolve("jdk").toString());
        version(home);
        assertThat(awaitArchive()).isEmptyFile();
        version(home);
        assertThat(asked).hasContent("asked");
    }

    /** Where the classes of a command come from. */
    private String loads() throws IOException {
        Path loads = checkout.resolve("loads");
        version(Map.of("ATHANOR_JAVA_OPTS", "-Xmx256m -Xlog:class+load:file=" + loads));
        return Files.readString(loads);
    }

    private void version(Map<String, String> environment) {
        ProcessBuilder builder =
                new ProcessBuilder(checkout.resolve("athanor").toString(), "--version").directory(checkout.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("ATHANOR_"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        try (Running running = Running.of(builder)) {
            Outcome outcome = running.ending().endsWith(0);
            assertThat(outcome.out()).startsWith(VERSION).hasLineCount(1);
            assertThat(outcome.err()).isEmpty();
        }
    }

    /** The one archive, when the maker is through with it. */
    private Path awaitArchive() throws IOException {
        await().atMost(Duration.ofMinutes(2)).until(() -> archives().size() == 1 && locks().isEmpty());
        return archives().get(0);
    }

    private List<Path> archives() throws IOException {
        return published(".jsa");
    }

    private List<Path> locks() throws IOException {
        return published(".lock");
    }

    private List<Path> published(String ending) throws IOException {
        try (Stream<Path> files = Files.list(checkout.resolve("framework/cli/target/launcher"))) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }

    private void copy(String name) throws IOException {
        Files.copy(PROJECT.resolve(name), checkout.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
    }

    private void date(String name, Instant time) throws IOException {
        Files.setLastModifiedTime(checkout.resolve(name), FileTime.from(time));
    }

    private static Path java(String home) {
        return Path.of(home, "bin", "java");
    }
}
