package dev.athanor.benchmark.drill;

import dev.athanor.benchmark.worker.Stopwatch;
import dev.athanor.postgres.Pause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The command line as a user has it: the launcher, with the options of its JVM and its archive of classes. It runs apart
 * from the sources, so that it never builds.
 */
record Launcher(Path program, Path log) {
    private static final String JAR = "framework/cli/target/athanor.jar";
    private static final List<String> FILES = List.of("athanor", "framework/cli/launcher/classes", JAR);

    /** What is told when the executable jar is missing. */
    static final String NO_COMMAND_LINE = JAR + " is not built; benchmarks/run builds it";

    /** Bounds the wait for an archive, which takes seconds, and which some JVMs cannot make. */
    private static final long LONGEST_SECONDS = 60;

    private static final Duration LOOK = Duration.ofMillis(100);

    /** The launcher with its archive made, when the executable jar was built. */
    static Optional<Launcher> of(DrillContext context) throws IOException, InterruptedException {
        if (!Files.exists(context.root().resolve(JAR))) {
            return Optional.empty();
        }
        Path home = context.workers().folder().resolve("launcher");
        Launcher launcher =
                new Launcher(home.resolve("athanor"), context.workers().log());
        if (!Files.exists(home)) {
            for (String name : FILES) {
                Files.createDirectories(home.resolve(name).getParent());
                Files.copy(context.root().resolve(name), home.resolve(name));
            }
            launcher.seconds(context.workers().url(), List.of("--version"));
            awaitArchive(home.resolve("framework/cli/target/launcher"));
        }
        return Optional.of(launcher);
    }

    /** Runs a command on the database of this URL; the seconds from start to end. */
    double seconds(String url, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(program.toString());
        command.addAll(arguments);
        Stopwatch watch = Stopwatch.start();
        Programs.run(log, url, command);
        return watch.seconds();
    }

    private static void awaitArchive(Path folder) throws IOException {
        Pause pause = Pause.real();
        Stopwatch watch = Stopwatch.start();
        while (!archived(folder) && watch.seconds() < LONGEST_SECONDS) {
            pause.await(LOOK);
        }
    }

    private static boolean archived(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> file.toString().endsWith(".jsa"));
        }
    }
}
