package dev.athanor.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Collects the lines a process writes, and lets threads wait for one. */
final class ProcessOutput {
    private static final Duration END_OF_STREAM = Duration.ofSeconds(10);

    private final List<String> lines = new ArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean ended;

    private ProcessOutput() {}

    /** Begins to read the process's standard output. */
    static ProcessOutput of(Process process) {
        ProcessOutput output = new ProcessOutput();
        Thread reader = new Thread(() -> output.read(process), "output-of-" + process.pid());
        reader.setDaemon(true);
        reader.start();
        return output;
    }

    List<String> lines() {
        lock.lock();
        try {
            return List.copyOf(lines);
        } finally {
            lock.unlock();
        }
    }

    String await(String containing, Duration atMost) {
        lock.lock();
        try {
            long left = atMost.toNanos();
            int next = 0;
            while (true) {
                for (; next < lines.size(); next++) {
                    if (lines.get(next).contains(containing)) {
                        return lines.get(next);
                    }
                }
                if (ended || left <= 0) {
                    String reason = ended ? "its output ended" : atMost + " were over";
                    throw new AssertionError("the process wrote no \"" + containing + "\" before " + reason + ":\n"
                            + String.join("\n", lines));
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until all that an ended process wrote is here; not for ever, as a grandchild may hold the stream open. */
    void awaitEnd() throws InterruptedException {
        lock.lock();
        try {
            long left = END_OF_STREAM.toNanos();
            while (!ended && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String toString() {
        return String.join("\n", lines());
    }

    private void read(Process process) {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                change(line, false);
            }
        } catch (IOException e) {
            change("(the output was cut off: " + e.getMessage() + ")", false);
        } finally {
            change("", true);
        }
    }

    private void change(String line, boolean end) {
        lock.lock();
        try {
            if (end) {
                ended = true;
            } else {
                lines.add(line);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
