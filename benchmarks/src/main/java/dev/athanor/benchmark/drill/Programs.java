package dev.athanor.benchmark.drill;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs other programs to their end. */
final class Programs {
    /** As the launcher starts it. */
    private static final List<String> LAUNCHER =
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-Xmx256m", "-jar");

    /** What is told when the executable jar is missing. */
    static final String NO_COMMAND_LINE = "framework/cli/target/athanor.jar is not built; benchmarks/run builds it";

    private Programs() {}

    /** The command line, started as the launcher starts it; the seconds from start to end. */
    static double athanor(Path jar, Path log, List<String> arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(LAUNCHER);
        all.add(jar.toString());
        all.addAll(arguments);
        long begin = System.nanoTime();
        java(log, all);
        return (System.nanoTime() - begin) / 1e9;
    }

    /**
     * A JVM with this one's class path.
     *
     * @return its standard output
     */
    static String java(Path log, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        Path output = Files.createTempFile("athanor-benchmark", ".out");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectOutput(output.toFile())
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
            int exit = builder.start().waitFor();
            String text = Files.readString(output, StandardCharsets.UTF_8);
            if (exit != 0) {
                throw new IllegalStateException("ended with " + exit + " (see " + log.getFileName() + "): " + text);
            }
            return text;
        } finally {
            Files.deleteIfExists(output);
        }
    }
}
