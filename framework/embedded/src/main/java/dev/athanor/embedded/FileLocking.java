package dev.athanor.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A lock between processes on one file. The operating system gives it up when its process dies, however it dies.
 * Within one JVM a file has one holder only: closing any channel of a file drops all of the JVM's locks on it.
 */
final class FileLocking implements AutoCloseable {
    /** The operating system's locks do not tell threads apart. */
    private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

    private final FileChannel channel;
    private final FileLock lock;

    private FileLocking(FileChannel channel, FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    /** Does the work while no other process and no other thread holds the file. */
    static <T extends @Nullable Object> T exclusively(Path file, Work<T> work) throws IOException {
        ReentrantLock thread = THREADS.computeIfAbsent(file, key -> new ReentrantLock());
        thread.lock();
        try {
            FileLocking held = waitFor(file, false);
            try {
                return work.run();
            } finally {
                held.close();
            }
        } finally {
            thread.unlock();
        }
    }

    /** Waits until no other process holds the file exclusively. */
    static FileLocking shared(Path file) throws IOException {
        return waitFor(file, true);
    }

    /** Takes the file exclusively, or returns null at once when another process holds it in any way. */
    static @Nullable FileLocking tryExclusive(Path file) throws IOException {
        FileChannel channel = open(file);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
            return lock == null ? null : new FileLocking(channel, lock);
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
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
