package dev.athanor.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What the operating system says a process is doing: from {@code /proc} where there is one, else from {@code ps}. */
final class ProcessState {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long BETWEEN_LOOKS_MILLIS = 2;
    private static final String STOPPED = "T";

    private ProcessState() {}

    /** Waits until a stop signal has reached all threads of the process. */
    static void awaitStopped(Process process) throws InterruptedException {
        for (long looks = PATIENCE.toMillis() / BETWEEN_LOOKS_MILLIS; !isStopped(process.pid()); looks--) {
            if (looks == 0) {
                throw new IllegalStateException(
                        "process " + process.pid() + " goes on, " + PATIENCE + " after SIGSTOP");
            }
            if (process.waitFor(BETWEEN_LOOKS_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("process " + process.pid() + " ended before it could be stopped");
            }
        }
    }

    private static boolean isStopped(long processId) throws InterruptedException {
        try {
            Path threads = Path.of("/proc", Long.toString(processId), "task");
            return Files.isDirectory(threads) ? allStopped(threads) : stoppedByPs(processId);
        } catch (IOException e) {
            throw new IllegalStateException("the state of process " + processId + " cannot be read", e);
        }
    }

    private static boolean allStopped(Path threads) throws IOException {
        try (Stream<Path> each = Files.list(threads)) {
            List<Path> all = each.toList();
            for (Path thread : all) {
                if (!stateOf(thread).startsWith(STOPPED)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** The text after the name in parentheses, which may hold any byte; proc(5). Stopped when the thread is gone. */
    private static String stateOf(Path thread) throws IOException {
        try {
            String line = Files.readString(thread.resolve("stat"), StandardCharsets.ISO_8859_1);
            return line.substring(line.lastIndexOf(')') + 1).strip();
        } catch (IOException e) {
            if (Files.exists(thread)) {
                throw e;
            }
            return STOPPED;
        }
    }

    private static boolean stoppedByPs(long processId) throws IOException, InterruptedException {
        Process ps = new ProcessBuilder("ps", "-o", "state=", "-p", Long.toString(processId)).start();
        String state = new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        ps.waitFor();
        return state.startsWith(STOPPED);
    }
}
