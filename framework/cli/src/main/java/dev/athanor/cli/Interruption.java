package dev.athanor.cli;

import dev.athanor.run.MigrationRunner;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM: the run is asked to end at its next clean checkpoint, and the process stays until the result is
 * printed. The JVM then ends with 130 or 143 by itself.
 */
final class Interruption implements AutoCloseable {
    /** A chunk ends within a fraction of a second, a lock wait within two; whoever waits longer is better off killed. */
    private static final long LONGEST_SECONDS = 30;

    private final Runnable stop;
    private final CountDownLatch printed = new CountDownLatch(1);
    private final Thread hook = new Thread(this::interrupted, "athanor-interruption");

    private Interruption(Runnable stop) {
        this.stop = stop;
    }

    static Interruption stops(MigrationRunner runner) {
        return holds(runner::stop);
    }

    /** Nothing is held: the process just ends. */
    static Interruption none() {
        return new Interruption(() -> {});
    }

    /** Holds the process; {@code stop} sees to it that this does not last. */
    static Interruption holds(Runnable stop) {
        Interruption interruption = new Interruption(stop);
        try {
            Runtime.getRuntime().addShutdownHook(interruption.hook);
        } catch (IllegalStateException e) {
            // the process is ending already
            stop.run();
        }
        return interruption;
    }

    private void interrupted() {
        stop.run();
        try {
            if (!printed.await(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("No checkpoint was reached in time; nothing is lost, go on with: athanor resume");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The result is printed; the process may end. */
    @Override
    public void close() {
        printed.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process is ending already, and the hook is what waits for us
        }
    }
}
