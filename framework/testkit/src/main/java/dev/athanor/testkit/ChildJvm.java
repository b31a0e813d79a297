package dev.athanor.testkit;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A second JVM with the class path of this one, to be killed or frozen by a test. Only that process is ever signalled,
 * by its id. Closing it kills what still runs.
 */
public final class ChildJvm implements AutoCloseable {
    private static final String CLASS_PATH = "CLASSPATH";

    private final Process process;
    private final ProcessOutput output;

    private ChildJvm(Process process) {
        this.process = process;
        this.output = ProcessOutput.of(process);
    }

    /** Begins the description of a JVM that runs the {@code main} method of the class. */
    public static Builder running(Class<?> main) {
        return new Builder(main.getName());
    }

    /** Process id. */
    public long processId() {
        return process.pid();
    }

    /** Whether it has not ended. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Lines of both output streams so far. */
    public List<String> output() {
        return output.lines();
    }

    /**
     * Waits for the first line of output, from the beginning on, that contains the text.
     *
     * @return the whole line
     * @throws AssertionError with all of the output when the process ends or the time is over before that
     */
    public String awaitLine(String containing, Duration atMost) {
        return output.await(containing, atMost);
    }

    /** Writes a line to its standard input. */
    public void writeLine(String line) {
        try {
            Writer input = process.outputWriter(StandardCharsets.UTF_8);
            input.write(line + "\n");
            input.flush();
        } catch (IOException e) {
            throw new IllegalStateException("the child JVM reads no more; its output:\n" + output, e);
        }
    }

    /**
     * Waits for its end.
     *
     * @return its exit code; 128 + the signal's number when it was killed
     * @throws AssertionError with all of the output when it does not end in time
     */
    public int awaitExit(Duration atMost) {
        try {
            if (process.waitFor(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
                output.awaitEnd();
                return process.exitValue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new AssertionError("the child JVM did not end within " + atMost + "; its output:\n" + output);
    }

    /** Ends it with SIGKILL, at whatever it is doing, and returns when it is gone. */
    public void kill9() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Asks it to end (SIGTERM): its shutdown hooks run. */
    public void terminate() {
        signal("TERM");
    }

    /** What Ctrl-C sends (SIGINT). */
    public void interrupt() {
        signal("INT");
    }

    /**
     * Freezes it (SIGSTOP), and returns when every thread of it stands still: the signal itself returns before that.
     *
     * @throws IllegalStateException when it goes on for ten seconds
     */
    public void sigstop() {
        signal("STOP");
        try {
            ProcessState.awaitStopped(process);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Lets it go on (SIGCONT). */
    public void sigcont() {
        signal("CONT");
    }

    /** Kills it when it still runs. */
    @Override
    public void close() {
        kill9();
    }

    private void signal(String name) {
        List<String> command = List.of("sh", "-c", "kill -" + name + " " + process.pid());
        try {
            int code = new ProcessBuilder(command).inheritIO().start().waitFor();
            if (code != 0) {
                throw new IllegalStateException("SIG" + name + " could not be sent to process " + process.pid());
            }
        } catch (IOException e) {
            throw new IllegalStateException("there is no shell to send signals with", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** What to start, as a sentence: {@code ChildJvm.running(Upgrade.class).with(url).start()}. */
    public static final class Builder {
        private final String main;
        private final List<String> jvmArguments = new ArrayList<>();
        private final List<String> arguments = new ArrayList<>();
        private final Map<String, String> environment = new LinkedHashMap<>();
        private Path directory = Path.of("").toAbsolutePath();

        private Builder(String main) {
            this.main = main;
        }

        /** Adds arguments for the main method. */
        public Builder with(String... more) {
            arguments.addAll(List.of(more));
            return this;
        }

        /** Adds arguments for the JVM, such as {@code -Xmx256m}. */
        public Builder withJvm(String... more) {
            jvmArguments.addAll(List.of(more));
            return this;
        }

        /** Sets an environment variable beside the inherited ones. */
        public Builder withEnvironment(String name, String value) {
            environment.put(name, value);
            return this;
        }

        /** Sets the working directory; by default that of this JVM. */
        public Builder in(Path workingDirectory) {
            directory = workingDirectory;
            return this;
        }

        /** Lets it start quicker: with the archive's class path, which has the same entries, and what makes it use the archive. */
        public Builder sharing(SharedClasses classes) {
            withEnvironment(CLASS_PATH, classes.classPath());
            jvmArguments.addAll(0, classes.jvmArguments());
            return this;
        }

        /** Starts it. */
        public ChildJvm start() {
            List<String> command = new ArrayList<>(Receptive.prefix());
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(jvmArguments);
            command.add(main);
            command.addAll(arguments);
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).directory(directory.toFile());
            builder.environment().put(CLASS_PATH, System.getProperty("java.class.path"));
            builder.environment().putAll(environment);
            try {
                return new ChildJvm(builder.start());
            } catch (IOException e) {
                throw new IllegalStateException("no child JVM can be started", e);
            }
        }
    }
}
