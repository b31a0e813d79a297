package dev.athanor.cli;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A command that runs, with both of its streams in files. Closing it kills it. */
final class Running implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofMinutes(3);

    private final Process process;
    private final Path out;
    private final Path err;

    private Running(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    static Running of(ProcessBuilder builder) {
        try {
            Path out = Files.createTempFile("athanor-", ".out");
            Path err = Files.createTempFile("athanor-", ".err");
            builder.redirectOutput(out.toFile()).redirectError(err.toFile());
            return new Running(builder.start(), out, err);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until standard error holds the text. */
    void awaitError(String text) {
        await("'" + text + "' on standard error").atMost(LONGEST).until(() -> {
            if (!process.isAlive() && !text(err).contains(text)) {
                throw new AssertionError("ended before it said '" + text + "': " + outcome());
            }
            return text(err).contains(text);
        });
    }

    /** Standard error so far. */
    String error() {
        return text(err);
    }

    long pid() {
        return process.pid();
    }

    /** Sends a signal, such as {@code INT}, to this process alone. */
    void signal(String name) {
        try {
            if (new ProcessBuilder("kill", "-" + name, Long.toString(pid()))
                            .start()
                            .waitFor()
                    != 0) {
                throw new AssertionError("it is not there to be signalled: " + outcome());
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits for the end. */
    Outcome ending() {
        try {
            if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("it does not end: " + text(out) + text(err));
            }
            return outcome();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
        try {
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Outcome outcome() {
        return new Outcome(process.isAlive() ? -1 : process.exitValue(), text(out), text(err));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
