package dev.athanor.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One server directory as this JVM uses it: counts the JVM's handles, and shares the server with other processes by two
 * file locks. Whoever starts or stops holds the mutex; whoever uses the server holds a shared lock on another file. The
 * process that can take that one exclusively when it closes is the last, and stops the server.
 */
final class SharedServer {
    private static final Map<Path, SharedServer> SERVERS = new ConcurrentHashMap<>();

    private final ServerDirectory directory;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition unused = lock.newCondition();
    private int handles;
    private boolean closedForGood;
    private @Nullable Use use;

    private SharedServer(Path root) {
        this.directory = new ServerDirectory(root);
    }

    /** What is held while the server is used. */
    private record Use(
            EmbeddedSettings settings, ServerControl control, FileLocking inUse, Administration administration) {}

    /** Opens one handle: starts the server, or joins the one that runs. */
    static SharedServer acquire(EmbeddedSettings settings) {
        ShutdownHook.install();
        SharedServer server = SERVERS.computeIfAbsent(settings.directory(), SharedServer::new);
        server.retain(settings);
        return server;
    }

    private void retain(EmbeddedSettings settings) {
        lock.lock();
        try {
            if (closedForGood) {
                throw new EmbeddedPostgresException(
                        "embedded_shutting_down", "This process is ending.", "Run the command again.");
            }
            if (handles == 0) {
                use = begin(settings);
            }
            handles++;
        } catch (IOException e) {
            throw ServerDirectory.notUsable(directory.root(), "The embedded PostgreSQL cannot use its folder", e);
        } finally {
            lock.unlock();
        }
    }

    private Use begin(EmbeddedSettings settings) throws IOException {
        ServerControl control = new ServerControl(settings, directory, Pause.real());
        FileLocking claimed = settings.temporary() ? ThrowAwayServers.claim(settings) : null;
        directory.create();
        return FileLocking.exclusively(directory.mutex(), () -> {
            FileLocking inUse = claimed == null ? FileLocking.shared(directory.inUse()) : claimed;
            try {
                int port = control.ensureRunning();
                return new Use(settings, control, inUse, new Administration(port, directory.password()));
            } catch (IOException | RuntimeException e) {
                giveUp(inUse, control, e);
                throw e;
            }
        });
    }

    /** Leaves no server behind that was started but cannot be used. */
    private void giveUp(FileLocking inUse, ServerControl control, Exception failure) {
        try {
            stopUnlessUsedElsewhere(inUse, control);
        } catch (IOException | RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    void release() {
        lock.lock();
        try {
            if (handles > 0 && --handles == 0) {
                end();
                unused.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        Use ended = use();
        use = null;
        try {
            FileLocking.exclusively(directory.mutex(), () -> stopUnlessUsedElsewhere(ended.inUse(), ended.control()));
        } catch (IOException e) {
            throw ServerDirectory.notUsable(directory.root(), "The embedded PostgreSQL cannot be stopped", e);
        }
        if (ended.settings().temporary()) {
            ThrowAwayServers.delete(directory);
        }
    }

    private boolean stopUnlessUsedElsewhere(FileLocking inUse, ServerControl control) throws IOException {
        inUse.close();
        FileLocking last = FileLocking.tryExclusive(directory.inUse());
        if (last == null) {
            return false;
        }
        try (last) {
            control.stop(StopMode.FAST);
        }
        return true;
    }

    /** Stops the server under its users, for crash tests. */
    void stop(StopMode mode) {
        exclusively(use -> {
            use.control().stop(mode);
            return use;
        });
    }

    /** Kills the postmaster under its users, for crash tests. */
    void kill() {
        exclusively(use -> {
            use.control().kill();
            return use;
        });
    }

    /** Starts the stopped server, on its old port when that is free. */
    void start() {
        exclusively(use -> {
            int port = use.control().ensureRunning();
            Administration now = new Administration(port, directory.password());
            return new Use(use.settings(), use.control(), use.inUse(), now);
        });
    }

    private void exclusively(Work work) {
        lock.lock();
        try {
            Use before = use();
            use = FileLocking.exclusively(directory.mutex(), () -> work.with(before));
        } catch (IOException e) {
            throw ServerDirectory.notUsable(directory.root(), "The embedded PostgreSQL cannot use its folder", e);
        } finally {
            lock.unlock();
        }
    }

    Administration administration() {
        lock.lock();
        try {
            return use().administration();
        } finally {
            lock.unlock();
        }
    }

    EmbeddedSettings settings() {
        lock.lock();
        try {
            return use().settings();
        } finally {
            lock.unlock();
        }
    }

    boolean isRunning() {
        return running().isPresent();
    }

    /** Process id of the postmaster. */
    long processId() {
        return running()
                .orElseThrow(() -> new IllegalStateException("the server of '" + directory.root() + "' is stopped"))
                .processId();
    }

    private Optional<PidFile> running() {
        lock.lock();
        try {
            return use().control().running();
        } catch (IOException e) {
            throw ServerDirectory.notUsable(directory.root(), "The embedded PostgreSQL cannot use its folder", e);
        } finally {
            lock.unlock();
        }
    }

    ServerDirectory directory() {
        return directory;
    }

    private Use use() {
        Use current = use;
        if (current == null) {
            throw new IllegalStateException("the server of '" + directory.root() + "' is closed");
        }
        return current;
    }

    static void closeAllAtShutdown() {
        SERVERS.values().forEach(SharedServer::closeAtShutdown);
    }

    /** Gives the owners of the handles their grace, then closes for them. */
    private void closeAtShutdown() {
        lock.lock();
        try {
            closedForGood = true;
            Use open = use;
            if (open != null) {
                awaitUnused(open.settings().shutdownGrace());
            }
            if (use != null) {
                handles = 0;
                end();
            }
        } finally {
            lock.unlock();
        }
    }

    private void awaitUnused(Duration grace) {
        long left = grace.toNanos();
        try {
            while (handles > 0 && left > 0) {
                left = unused.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One action on the server while no other process starts or stops it; returns how it is used from then on. */
    private interface Work {
        Use with(Use use) throws IOException;
    }

    /** Installed once, with the first server. */
    private static final class ShutdownHook {
        static {
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(SharedServer::closeAllAtShutdown, "athanor-embedded-shutdown"));
        }

        private ShutdownHook() {}

        static void install() {
            // Loading the class did it.
        }
    }
}
