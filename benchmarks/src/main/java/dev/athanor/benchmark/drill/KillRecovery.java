package dev.athanor.benchmark.drill;

import dev.athanor.benchmark.result.DrillResult;
import dev.athanor.benchmark.result.Figure;
import dev.athanor.benchmark.server.BenchmarkDatabase;
import dev.athanor.benchmark.subject.Subjects;
import dev.athanor.benchmark.table.Scene;
import dev.athanor.benchmark.worker.Stopwatch;
import dev.athanor.benchmark.worker.Worker;
import dev.athanor.benchmark.worker.WorkerException;
import dev.athanor.postgres.Pause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * From the SIGKILL of a JVM in the middle of a backfill to the first chunk of the one that takes over: the start of its JVM, the lease (taken at once,
 * because its owner is known to be gone), the plan, the recovery of the job.
 */
record KillRecovery() implements Drill {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);
    /** Five minutes at least: for machines that are busy with something else. */
    private static final int MOST_LOOKS = 60_000;

    private static final String NEWEST_TOKEN = "SELECT coalesce(max(fencing_token), 0) FROM athanor.backfill_chunk";

    @Override
    public String id() {
        return "recovery";
    }

    @Override
    public String title() {
        return "recovery after kill -9, with --takeover";
    }

    @Override
    public DrillResult run(DrillContext context) throws Exception {
        List<Double> ready = new ArrayList<>();
        List<Double> first = new ArrayList<>();
        for (int i = 0; i < context.repeats(); i++) {
            context.table().renew(Scene.FILL);
            Killed killed = killInTheMiddle(context);
            try (Worker successor = Worker.start(context.workers())) {
                successor.open(Subjects.SUCCESSOR);
                ready.add(killed.since().seconds());
                CompletableFuture<Void> running = CompletableFuture.runAsync(successor::run);
                awaitToken(context.table().database(), killed.token());
                first.add(killed.since().seconds());
                successor.stop();
                running.join();
                successor.closeWork();
            }
        }
        return DrillResult.of(
                id(),
                title(),
                List.of(
                        new Figure("kill to the successor's connection", "s", ready),
                        new Figure("kill to the successor's first chunk", "s", first)),
                List.of());
    }

    /**
     * What is gone.
     *
     * @param since running from right before the signal on
     * @param token its fencing token
     */
    private record Killed(Stopwatch since, long token) {}

    private static Killed killInTheMiddle(DrillContext context) {
        BenchmarkDatabase database = context.table().database();
        try (Worker doomed = Worker.start(context.workers())) {
            doomed.open(Subjects.TO_BE_KILLED);
            CompletableFuture<Void> running = CompletableFuture.runAsync(doomed::run);
            awaitToken(database, 0);
            Stopwatch since = Stopwatch.start();
            doomed.kill();
            boolean died = running.handle((done, error) -> error != null && error.getCause() instanceof WorkerException)
                    .join();
            if (!died) {
                throw new IllegalStateException("the backfill was done before it could be killed");
            }
            return new Killed(since, database.number(NEWEST_TOKEN));
        }
    }

    private static void awaitToken(BenchmarkDatabase database, long olderThan) {
        Pause pause = Pause.real();
        for (int look = 0; database.number(NEWEST_TOKEN) <= olderThan; look++) {
            if (look > MOST_LOOKS) {
                throw new IllegalStateException("no chunk came");
            }
            pause.await(BETWEEN_LOOKS);
        }
    }
}
