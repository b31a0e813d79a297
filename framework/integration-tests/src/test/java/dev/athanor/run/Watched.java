package dev.athanor.run;

import dev.athanor.AthanorException;
import dev.athanor.backfill.BackfillEvent;
import dev.athanor.postgres.Database;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;

/** An upgrade in the background whose backfill a test looks at while it runs. */
final class Watched implements RunListener {
    private final Queue<BackfillEvent> events = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<RunResult> result;

    private Watched(Migrations migrations, Duration patience) {
        result = CompletableFuture.supplyAsync(() -> {
            try (Database database = migrations.open()) {
                return migrations
                        .runner(database, builder -> builder.listener(this).patience(patience))
                        .upgrade(new UpgradeRequest("heads", null));
            }
        });
    }

    static Watched upgrading(Migrations migrations, Duration patience) {
        return new Watched(migrations, patience);
    }

    @Override
    public void backfillEvent(BackfillView backfill, BackfillEvent event) {
        events.add(event);
    }

    int chunks() {
        return (int) events.stream()
                .filter(BackfillEvent.ChunkCommitted.class::isInstance)
                .count();
    }

    /** States of the faults that chunks met and got over, or were to. */
    List<String> retried() {
        return events.stream()
                .filter(BackfillEvent.ChunkRetried.class::isInstance)
                .map(event -> ((BackfillEvent.ChunkRetried) event).sqlState())
                .toList();
    }

    void awaitMoreChunks(int number) {
        int before = chunks();
        Awaitility.await(number + " more chunks")
                .atMost(WorkerProcess.PATIENCE)
                .until(() -> result.isDone() || chunks() >= before + number);
        if (result.isCompletedExceptionally()) {
            result.join();
        }
    }

    void awaitRetried(String sqlState) {
        Awaitility.await("a chunk meets " + sqlState)
                .atMost(WorkerProcess.PATIENCE)
                .until(() -> result.isDone() || retried().contains(sqlState));
    }

    /** Until a range has given up, or the whole run. */
    void awaitFailed() {
        Awaitility.await("a range gives up")
                .atMost(WorkerProcess.PATIENCE)
                .until(() -> result.isDone() || events.stream().anyMatch(BackfillEvent.RangeFailed.class::isInstance));
    }

    RunResult end() {
        return result.join();
    }

    /** What it failed with. */
    AthanorException failure() {
        try {
            throw new AssertionError("the run did not fail: " + result.join());
        } catch (CompletionException e) {
            if (e.getCause() instanceof AthanorException failure) {
                return failure;
            }
            throw e;
        }
    }
}
