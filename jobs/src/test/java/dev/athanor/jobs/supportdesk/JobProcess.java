package dev.athanor.jobs.supportdesk;

import dev.athanor.AthanorException;
import dev.athanor.backfill.BackfillEvent;
import dev.athanor.run.RunListener;
import java.util.concurrent.CountDownLatch;

/**
 * Main class of a child JVM: upgrades by the classes. Arguments: URL, target, and {@code hold} to stand still when the first
 * chunk is committed.
 */
public final class JobProcess {
    private JobProcess() {}

    /** Runs it; ends with 1 when it fails, with the failure on standard output. */
    public static void main(String[] arguments) {
        boolean holds = arguments.length > 2;
        RunListener listener = new RunListener() {
            @Override
            public void backfillEvent(BackfillView backfill, BackfillEvent event) {
                if (holds && event instanceof BackfillEvent.ChunkCommitted) {
                    System.out.println("first chunk committed");
                    standStill();
                }
            }
        };
        try (Run run = new Run(arguments[0], Run.classes(), listener)) {
            System.out.println("done: " + run.upgrade(arguments[1]).applied());
        } catch (AthanorException e) {
            System.out.println("failed: " + e.code() + ": " + e.getMessage());
            System.exit(1);
        }
    }

    private static void standStill() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
