package dev.athanor.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A lock between processes on one file. The operating system gives it up when its process dies, however it dies.
 * Within one JVM only one holder per file is allowed: closing any channel of a file drops the JVM's locks on it.
 */
final class FileLocking implements AutoCloseable {
    private final FileChannel channel;
    private final FileLock lock;

    private FileLocking(FileChannel channel, FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    /** Does the work while no other process holds the file. */
    static <T extends @Nullable Object> T exclusively(Path file, Work<T> work) throws IOException {
        FileLocking held = waitFor(file, false);
        try {
            return work.run();
        } finally {
            held.close();
        }
    }

    /** Waits until no other process holds the file exclusively. */
    static FileLocking shared(Path file) throws IOException {
        return waitFor(file, true);
    }

    /** Takes the file exclusively, or returns null at once when another process holds it in any way. */
    static @Nullable FileLocking tryExclusive(Path file) throws IOException {
        FileChannel channel = open(file);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            return null;
        }
        return new FileLocking(channel, lock);
    }

    private static FileLocking waitFor(Path file, boolean shared) throws IOException {
        FileChannel channel = open(file);
        try {
            return new FileLocking(channel, channel.lock(0, Long.MAX_VALUE, shared));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            lock.release();
        }
    }

    /** What is done under a lock. */
    @FunctionalInterface
    interface Work<T extends @Nullable Object> {
        T run() throws IOException;
    }
}
