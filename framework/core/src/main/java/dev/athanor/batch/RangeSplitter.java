package dev.athanor.batch;

import dev.athanor.backfill.PreparedBackfill;
import dev.athanor.backfill.RangeState;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.partition.StepExecutionSplitter;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.transaction.support.TransactionOperations;

/** Makes one partition for each range of the ledger that is not done, all in one transaction. */
final class RangeSplitter implements StepExecutionSplitter {
    /** Key under which a partition's context names its range. */
    static final String RANGE = "athanor.range";

    private static final String COMPLETED_BEFORE = "athanor.partitions";

    private final String stepName;
    private final JobRepository repository;
    private final TransactionOperations transactions;
    private List<RangeState> ranges = List.of();

    RangeSplitter(String stepName, JobRepository repository, TransactionOperations transactions) {
        this.stepName = stepName;
        this.repository = repository;
        this.transactions = transactions;
    }

    /** Says which ranges there are. The ledger knows them only when the backfill is prepared. */
    void use(PreparedBackfill backfill) {
        this.ranges = backfill.ranges();
    }

    @Override
    public String getStepName() {
        return stepName;
    }

    @Override
    public Set<StepExecution> split(StepExecution manager, int gridSize) {
        Set<StepExecution> partitions = transactions.execute(status -> {
            Map<String, StepExecution> before = before(manager);
            Set<StepExecution> created = new LinkedHashSet<>();
            for (RangeState range : ranges) {
                String name = name(range.number());
                StepExecution last = before.get(name);
                if (!range.done() || last == null || last.getStatus() != BatchStatus.COMPLETED) {
                    created.add(create(name, range, manager));
                }
            }
            manager.getExecutionContext().putLong(COMPLETED_BEFORE, ranges.size());
            return created;
        });
        return partitions == null ? Set.of() : partitions;
    }

    private StepExecution create(String name, RangeState range, StepExecution manager) {
        StepExecution partition = repository.createStepExecution(name, manager.getJobExecution());
        ExecutionContext context = new ExecutionContext();
        context.putInt(RANGE, range.number());
        partition.setExecutionContext(context);
        return partition;
    }

    /** Latest execution of each partition in earlier runs of this job. */
    private Map<String, StepExecution> before(StepExecution manager) {
        if (!manager.getExecutionContext().containsKey(COMPLETED_BEFORE)) {
            return Map.of();
        }
        return repository.getJobExecutions(manager.getJobExecution().getJobInstance()).stream()
                .flatMap(job -> job.getStepExecutions().stream())
                .filter(step -> step.getStepName().startsWith(stepName + ":range"))
                .collect(Collectors.toMap(
                        StepExecution::getStepName, step -> step, (a, b) -> a.getId() > b.getId() ? a : b));
    }

    private String name(int range) {
        return String.format(Locale.ROOT, "%s:range%03d", stepName, range);
    }
}
