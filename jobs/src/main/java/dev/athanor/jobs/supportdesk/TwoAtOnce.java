package dev.athanor.jobs.supportdesk;

import java.sql.SQLException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Runs two parts of a load side by side. The first failure makes both end, and is the one that is thrown. */
final class TwoAtOnce {
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    /** One half of the work. */
    @FunctionalInterface
    interface Part {
        void run() throws SQLException;
    }

    /** Whether the parts that are still running should end. */
    boolean failed() {
        return failure.get() != null;
    }

    /** Runs the first part on the calling thread; returns when both have ended. */
    void run(Part first, Part second) throws SQLException {
        Thread helper = new Thread(() -> guarded(second), "support-desk-loader");
        helper.setDaemon(true);
        helper.start();
        guarded(first);
        awaitEnd(helper);
        Exception thrown = failure.get();
        if (thrown instanceof SQLException sql) {
            throw sql;
        }
        if (thrown instanceof RuntimeException runtime) {
            throw runtime;
        }
    }

    private void guarded(Part part) {
        try {
            part.run();
        } catch (SQLException | RuntimeException e) {
            failure.compareAndSet(null, e);
        }
    }

    private void awaitEnd(Thread helper) {
        boolean interrupted = false;
        while (helper.isAlive()) {
            try {
                helper.join();
            } catch (InterruptedException e) {
                interrupted = true;
                failure.compareAndSet(null, new CancellationException("interrupted"));
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
