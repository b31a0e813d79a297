package dev.athanor.benchmark.drill;

import dev.athanor.benchmark.worker.Worker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs other programs to their end. */
final class Programs {
    private Programs() {}

    /**
     * A JVM with this one's class path.
     *
     * @param url of the database, which it finds in its environment
     * @return its standard output
     */
    static String java(Path log, String url, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        return run(log, url, command);
    }

    /**
     * Another program; a JVM that it starts is of the same installation.
     *
     * @param url of the database, which it finds in its environment
     * @return its standard output
     */
    static String run(Path log, String url, List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("athanor-benchmark", ".out");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectOutput(output.toFile())
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
            builder.environment().put(Worker.URL_VARIABLE, url);
            int exit = ended(builder.start());
            String text = Files.readString(output, StandardCharsets.UTF_8);
            if (exit != 0) {
                throw new IllegalStateException("ended with " + exit + " (see " + log.getFileName() + "): " + text);
            }
            return text;
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private static int ended(Process process) throws InterruptedException {
        if (process.waitFor(Worker.LIMIT_HOURS, TimeUnit.HOURS)) {
            return process.exitValue();
        }
        process.destroyForcibly();
        throw new IllegalStateException("did not end within " + Worker.LIMIT_HOURS + " hours");
    }
}
