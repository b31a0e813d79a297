package dev.athanor.testkit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Classes that are loaded and checked once for all JVMs that a test run starts: an archive of application class data
 * (JEP 310) in a temporary folder, which goes with this JVM. It halves what a process with Athanor in it costs to start.
 * Making it takes some five seconds, so it is meant for tests that start many. Where it cannot be made, the processes start
 * without it.
 *
 * @param classPath the entries of this JVM's class path, jars first, since only they can be archived
 * @param jvmArguments what makes a JVM use the archive; empty when there is none
 */
public record SharedClasses(String classPath, List<String> jvmArguments) {
    private static final long LONGEST_SECONDS = 180;

    /** Copies the arguments for the JVM. */
    public SharedClasses {
        jvmArguments = List.copyOf(jvmArguments);
    }

    /**
     * Makes an archive of the classes of a list; those that the jars of the class path do not have are left out.
     *
     * @param list a file with the name of a class in each line, as {@code -XX:DumpLoadedClassList} writes it
     * @throws IllegalArgumentException when there is no such file
     */
    public static SharedClasses of(Path list) {
        if (!Files.isRegularFile(list)) {
            throw new IllegalArgumentException("there is no list of classes at " + list.toAbsolutePath());
        }
        List<String> all = List.of(System.getProperty("java.class.path").split(File.pathSeparator));
        Predicate<String> jar = entry -> entry.endsWith(".jar");
        String jars = String.join(File.pathSeparator, all.stream().filter(jar).toList());
        String folders = String.join(
                File.pathSeparator, all.stream().filter(jar.negate()).toList());
        String classPath = jars + File.pathSeparator + folders;
        try {
            Path home = Files.createTempDirectory("athanor-classes");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(home)));
            Path archive = home.resolve("classes.jsa");
            boolean made = dump(list, archive, jars) && Files.exists(archive);
            return new SharedClasses(classPath, made ? List.of("-XX:SharedArchiveFile=" + archive) : List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With G1, for it alone writes down objects, which other collectors read too. */
    private static boolean dump(Path list, Path archive, String jars) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xshare:dump", "-XX:+UseG1GC", "-Xlog:disable"));
        command.addAll(List.of("-XX:SharedClassListFile=" + list.toAbsolutePath(), "-XX:SharedArchiveFile=" + archive));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(archive.resolveSibling("log").toFile());
        builder.environment().put("CLASSPATH", jars);
        Process process = builder.start();
        try {
            return process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            process.destroyForcibly();
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            paths.sorted(Comparator.reverseOrder())
                    .forEach(path -> path.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
