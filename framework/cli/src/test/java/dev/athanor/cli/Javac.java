package dev.athanor.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A user's javac with nothing but Athanor on its class path. */
record Javac(Path folder, String classPath) {

    /** Compiles files below the folder into its folder {@code classes}. */
    Outcome compile(String... files) {
        try {
            Files.createDirectories(folder.resolve("classes"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "javac").toString());
        command.addAll(List.of("-Xlint:all,-classfile,-path,-options", "-Werror", "-cp", classPath, "-d", "classes"));
        if (Runtime.version().feature() >= 21) {
            command.add("-proc:full");
        }
        command.addAll(List.of(files));
        try (Running running = Running.of(new ProcessBuilder(command).directory(folder.toFile()))) {
            return running.ending();
        }
    }
}
