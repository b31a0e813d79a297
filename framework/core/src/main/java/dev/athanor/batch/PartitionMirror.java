package dev.athanor.batch;

import dev.athanor.backfill.BackfillEvent;
import dev.athanor.backfill.RangeState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Copies what happens to the ranges into Spring Batch's partitions: at most once a second, and at the end. The ledger is
 * the truth, so a copy that cannot be written is left out and never stops the backfill.
 */
final class PartitionMirror {
    private static final Duration BETWEEN = Duration.ofSeconds(1);
    /** Looking for a connection takes some seconds, for which the events wait. */
    private static final Duration AFTER_NO_CONNECTION = Duration.ofSeconds(30);

    private final JobRepository repository;
    private final TransactionOperations transactions;
    private final Clock clock;
    private final Map<Integer, StepExecution> open = new HashMap<>();
    private final Set<StepExecution> changed = new LinkedHashSet<>();
    private Instant next;

    PartitionMirror(
            JobRepository repository,
            TransactionOperations transactions,
            Clock clock,
            Collection<StepExecution> partitions) {
        this.repository = repository;
        this.transactions = transactions;
        this.clock = clock;
        this.next = clock.instant().plus(BETWEEN);
        partitions.forEach(
                partition -> open.put(partition.getExecutionContext().getInt(RangeSplitter.RANGE), partition));
    }

    /** Ranges that the ledger knew as done before this run began. */
    void alreadyDone(List<RangeState> ranges) {
        ranges.stream().filter(RangeState::done).forEach(range -> close(range.number(), BatchStatus.COMPLETED));
    }

    /** Called for one event at a time. */
    void on(BackfillEvent event) {
        if (event instanceof BackfillEvent.ChunkCommitted chunk) {
            chunk(chunk);
        } else if (event instanceof BackfillEvent.RangeFinished finished) {
            close(finished.range(), BatchStatus.COMPLETED);
            writeOnceASecond();
        } else if (event instanceof BackfillEvent.RangeFailed failed) {
            StepExecution partition = open.get(failed.range());
            if (partition != null) {
                partition.setStatus(BatchStatus.FAILED);
                partition.setExitStatus(ExitStatus.FAILED.addExitDescription(failed.error()));
            }
        }
    }

    /** Closes the partitions that this run did not finish. */
    void end() {
        Map.copyOf(open)
                .forEach((range, partition) -> close(
                        range, partition.getStatus() == BatchStatus.FAILED ? BatchStatus.FAILED : BatchStatus.STOPPED));
        write();
    }

    private void chunk(BackfillEvent.ChunkCommitted chunk) {
        StepExecution partition = open.get(chunk.range());
        if (partition == null) {
            return;
        }
        if (partition.getStatus() != BatchStatus.STARTED) {
            partition.setStatus(BatchStatus.STARTED);
            partition.setStartTime(LocalDateTime.now(clock));
        }
        partition.setReadCount(partition.getReadCount() + chunk.rowsWalked());
        partition.setWriteCount(partition.getWriteCount() + chunk.rowsChanged());
        partition.setCommitCount(partition.getCommitCount() + 1);
        partition.getExecutionContext().put("athanor.cursor", String.join(", ", chunk.cursor()));
        changed.add(partition);
        writeOnceASecond();
    }

    private void close(int range, BatchStatus status) {
        StepExecution partition = open.remove(range);
        if (partition != null) {
            partition.setStatus(status);
            if (status != BatchStatus.FAILED) {
                partition.setExitStatus(status == BatchStatus.COMPLETED ? ExitStatus.COMPLETED : ExitStatus.STOPPED);
            }
            partition.setEndTime(LocalDateTime.now(clock));
            changed.add(partition);
        }
    }

    private void writeOnceASecond() {
        if (!clock.instant().isBefore(next)) {
            next = clock.instant().plus(write() ? BETWEEN : AFTER_NO_CONNECTION);
        }
    }

    /**
     * All in one transaction, for each would wait for the disk; when that fails, one by one.
     *
     * @return false when the database is away, for which events should not wait again and again
     */
    private boolean write() {
        try {
            write(changed);
        } catch (CannotCreateTransactionException e) {
            return false;
        } catch (DataAccessException | TransactionException e) {
            changed.forEach(this::writeAlone);
        }
        changed.clear();
        return true;
    }

    private void writeAlone(StepExecution partition) {
        try {
            write(List.of(partition));
        } catch (DataAccessException | TransactionException e) {
            // the next copy, or the next run, makes it good
        }
    }

    /** The repository counts versions before it commits. */
    private void write(Collection<StepExecution> partitions) {
        Map<StepExecution, Integer> versions = new HashMap<>();
        partitions.forEach(partition -> versions.put(partition, partition.getVersion()));
        try {
            transactions.executeWithoutResult(status -> partitions.forEach(partition -> {
                repository.update(partition);
                repository.updateExecutionContext(partition);
            }));
        } catch (DataAccessException | TransactionException e) {
            versions.forEach(StepExecution::setVersion);
            throw e;
        }
    }
}
