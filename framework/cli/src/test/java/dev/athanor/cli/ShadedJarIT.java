package dev.athanor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one jar that is shipped, run when it is built: javac finds in it all that Java revisions need. */
class ShadedJarIT {
    private static final Path JAR = Path.of("target", "athanor.jar").toAbsolutePath();

    @TempDir
    private Path folder;

    @Test
    void theJarCompilesAndReadsJavaRevisions() {
        new Cli(folder)
                .file("src/UpperNames.java", JavaRevisionsTest.SOURCE)
                .file("migrations/people.sql", JavaRevisionsTest.PEOPLE);
        new Javac(folder, JAR.toString()).compile("src/UpperNames.java").endsWith(0);
        assertThat(folder.resolve("classes/META-INF/athanor/revisions")).hasContent("acme.UpperNames\n");
        assertThat(run("history", "--classpath", "classes").endsWith(0).out())
                .isEqualToNormalizingNewlines("people -> upper (head), names in upper case\n<base> -> people\n");
    }

    private Outcome run(String... arguments) {
        Stream<String> java = Stream.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", JAR.toString());
        List<String> command = Stream.concat(java, Stream.of(arguments)).toList();
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("ATHANOR_"));
        try (Running running = Running.of(builder)) {
            return running.ending();
        }
    }
}
