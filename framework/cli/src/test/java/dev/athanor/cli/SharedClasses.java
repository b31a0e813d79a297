package dev.athanor.cli;

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
 * The classes of the libraries, loaded and checked once for all processes of a test run: an archive of application class
 * data (JEP 310). It halves what a command costs to start, and there are hundreds of them. Where it cannot be made, the
 * processes start without it.
 *
 * @param classPath the entries of ours, jars first, since only they can be archived
 * @param options what makes a JVM use the archive
 */
record SharedClasses(String classPath, List<String> options) {
    private static final long LONGEST_SECONDS = 180;

    private static final SharedClasses INSTANCE = make();

    static SharedClasses get() {
        return INSTANCE;
    }

    private static SharedClasses make() {
        List<String> all = List.of(System.getProperty("java.class.path").split(File.pathSeparator));
        Predicate<String> jar = entry -> entry.endsWith(".jar");
        String jars = String.join(File.pathSeparator, all.stream().filter(jar).toList());
        String folders = String.join(
                File.pathSeparator, all.stream().filter(jar.negate()).toList());
        String classPath = jars + File.pathSeparator + folders;
        try {
            Path home = Files.createTempDirectory("athanor-classes");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(home)));
            Path list = home.resolve("classes.list");
            Path archive = home.resolve("classes.jsa");
            // What a demo loads is what commands load: a server, a run with its batch, status, verification.
            boolean made =
                    java(home, classPath, "-XX:DumpLoadedClassList=" + list, Main.class.getName(), "demo", "--rows=200")
                            && java(
                                    home,
                                    jars,
                                    "-Xshare:dump",
                                    "-XX:SharedClassListFile=" + list,
                                    "-XX:SharedArchiveFile=" + archive)
                            && Files.exists(archive);
            return new SharedClasses(classPath, made ? List.of("-XX:SharedArchiveFile=" + archive) : List.of());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean java(Path folder, String classPath, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(Cli.JVM);
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        builder.environment().put("CLASSPATH", classPath);
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
