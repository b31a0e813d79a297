package dev.athanor.cli;

import dev.athanor.testkit.Receptive;
import dev.athanor.testkit.SharedClasses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The command line as a user has it: a process of its own for each command, a folder, and no environment but ours. */
final class Cli {
    /** What the processes need of ours: programs, and where the binaries of the embedded server are kept. */
    private static final List<String> INHERITED = List.of("PATH", "HOME", "XDG_CACHE_HOME", "TMPDIR");

    /** The launcher's. */
    private static final List<String> JVM = List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    /** There are hundreds of processes; the list is the launcher's. */
    private static final SharedClasses SHARED = SharedClasses.of(Path.of("launcher", "classes"));

    private final Path folder;
    private final Map<String, String> environment = new TreeMap<>();
    private final List<String> jvm = new ArrayList<>(JVM);

    Cli(Path folder) {
        this.folder = folder;
    }

    /** Sets an environment variable for all commands that follow. */
    Cli with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Adds an option of the JVM. */
    Cli withJvm(String option) {
        jvm.add(option);
        return this;
    }

    /** Writes a file in the folder. */
    Cli file(String name, String text) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    Path folder() {
        return folder;
    }

    /** Runs a command to its end. */
    Outcome run(String... arguments) {
        try (Running running = start(arguments)) {
            return running.ending();
        }
    }

    /** Runs a command with {@code --output json}, which is to be the only thing on standard output. */
    Outcome json(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--output=json");
        return run(all.toArray(String[]::new));
    }

    Running start(String... arguments) {
        List<String> command = new ArrayList<>(Receptive.prefix());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(SHARED.jvmArguments());
        command.addAll(jvm);
        command.add(Main.class.getName());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        Map<String, String> variables = builder.environment();
        variables.keySet().retainAll(INHERITED);
        variables.put("CLASSPATH", SHARED.classPath());
        variables.putAll(environment);
        return Running.of(builder);
    }
}
