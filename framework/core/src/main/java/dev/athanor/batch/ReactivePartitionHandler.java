package dev.athanor.batch;

import dev.athanor.backfill.PreparedBackfill;
import dev.athanor.plan.Step.BackfillStep;
import java.time.Clock;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.springframework.batch.core.partition.PartitionHandler;
import org.springframework.batch.core.partition.StepExecutionSplitter;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.transaction.support.TransactionOperations;
import reactor.core.scheduler.Schedulers;

/** Runs all partitions of a backfill step in one reactive pipeline, and waits for its end. */
final class ReactivePartitionHandler implements PartitionHandler {
    /** Events that may wait to be mirrored before the engine waits too: minutes of chunks. */
    private static final int EVENTS_AHEAD = 256;

    private final BackfillStep step;
    private final PhaseWork work;
    private final RangeSplitter splitter;
    private final JobRepository repository;
    private final TransactionOperations transactions;
    private final Clock clock;

    ReactivePartitionHandler(BackfillStep step, PhaseWork work, RangeSplitter splitter, JobFactory factory) {
        this.step = step;
        this.work = work;
        this.splitter = splitter;
        this.repository = factory.repository();
        this.transactions = factory.transactions();
        this.clock = factory.clock();
    }

    @Override
    public Collection<StepExecution> handle(StepExecutionSplitter ignored, StepExecution manager) {
        if (work.stopRequested()) {
            manager.setTerminateOnly();
            return Set.of();
        }
        Optional<PreparedBackfill> prepared = Bridge.await(work.prepare(step));
        if (prepared.isEmpty()) {
            manager.setTerminateOnly();
            return Set.of();
        }
        PreparedBackfill backfill = prepared.get();
        splitter.use(backfill);
        Set<StepExecution> partitions =
                splitter.split(manager, backfill.ranges().size());
        PartitionMirror mirror = new PartitionMirror(repository, transactions, clock, partitions);
        mirror.alreadyDone(backfill.ranges());
        try {
            Bridge.await(work.run(backfill)
                    .publishOn(Schedulers.boundedElastic(), EVENTS_AHEAD)
                    .doOnNext(mirror::on)
                    .then());
        } finally {
            mirror.end();
        }
        if (work.stopRequested()) {
            manager.setTerminateOnly();
        }
        return partitions;
    }
}
