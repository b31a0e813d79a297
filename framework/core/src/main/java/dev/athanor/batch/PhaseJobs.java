package dev.athanor.batch;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.plan.PhasePlan;
import io.micrometer.observation.ObservationRegistry;
import java.time.Clock;
import java.util.Comparator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.configuration.support.MapJobRegistry;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.support.TaskExecutorJobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs phases as Spring Batch jobs: one job per revision and phase, built in code. Batch owns the life cycle (start,
 * stop, restart, recovery of a killed run, history); the ledger owns the position.
 */
public final class PhaseJobs {
    private final JobRepository repository;
    private final JobFactory factory;

    /**
     * Jobs whose repository is in the state schema.
     *
     * @param dataSource blocking connections to the database
     * @param quotedStateSchema the state schema's name as it stands in SQL
     * @param clock for the times in the repository
     * @param observations hears of launches, jobs and steps; Batch itself would keep quiet
     */
    public PhaseJobs(DataSource dataSource, String quotedStateSchema, Clock clock, ObservationRegistry observations) {
        JdbcTransactionManager transactions = JobRepositories.transactions(dataSource);
        this.repository =
                SparingRepository.of(JobRepositories.jdbc(dataSource, transactions, quotedStateSchema + ".BATCH_"));
        this.factory = new JobFactory(repository, new TransactionTemplate(transactions), clock, observations);
    }

    /**
     * Runs a phase to its end, on the calling thread. The caller holds the lease, so a run that the repository believes
     * to be alive is dead: it is recovered and restarted.
     *
     * @return false when it stopped early at a clean checkpoint
     * @throws AthanorException what made a step fail
     */
    public boolean run(PhasePlan phase, PhaseWork work) {
        if (phase.steps().isEmpty()) {
            return true;
        }
        Job job = factory.job(phase, work);
        TaskExecutorJobOperator operator = operator(job);
        JobExecution execution = launch(job, phase, work, operator);
        if (execution.getStatus() == BatchStatus.COMPLETED) {
            return true;
        }
        throwFailure(phase, execution);
        return false;
    }

    private JobExecution launch(Job job, PhasePlan phase, PhaseWork work, TaskExecutorJobOperator operator) {
        try {
            for (long attempt = 0; ; attempt++) {
                JobParameters parameters = parameters(phase, work, attempt);
                JobExecution last = repository.getLastJobExecution(job.getName(), parameters);
                if (last == null && repository.getJobInstance(job.getName(), parameters) == null) {
                    return operator.start(job, parameters);
                }
                JobExecution ended = last == null ? null : ended(last, operator);
                if (ended != null && canRestart(ended)) {
                    return operator.restart(ended);
                }
                // killed between the two commits by which Batch begins, completed while the ledger says otherwise, or
                // in
                // a state that Batch refuses to go on from: the ledger is right, and a new instance skips what is done
            }
        } catch (JobExecutionException e) {
            throw failure(phase, e);
        } catch (TransactionException | DataAccessException e) {
            // Batch could not write to its tables; the ledger knows all the same how far the work came
            throw failure(phase, e.getMostSpecificCause());
        }
    }

    private static JobExecution ended(JobExecution last, TaskExecutorJobOperator operator) {
        boolean open = last.isRunning()
                || last.getStepExecutions().stream()
                        .anyMatch(step -> step.getStatus().isRunning());
        return open ? operator.recover(last) : last;
    }

    /** Batch never goes on from a step whose end it could not write down. */
    private static boolean canRestart(JobExecution ended) {
        return (ended.getStatus() == BatchStatus.FAILED || ended.getStatus() == BatchStatus.STOPPED)
                && ended.getStepExecutions().stream().noneMatch(step -> step.getStatus() == BatchStatus.UNKNOWN);
    }

    private static JobParameters parameters(PhasePlan phase, PhaseWork work, long attempt) {
        return new JobParametersBuilder()
                .addString("revision", phase.revision())
                .addString("phase", phase.phase().key())
                .addString("checksum", phase.checksum())
                .addLong("application", work.application())
                .addLong("attempt", attempt)
                .toJobParameters();
    }

    private TaskExecutorJobOperator operator(Job job) {
        try {
            MapJobRegistry registry = new MapJobRegistry();
            registry.register(job);
            TaskExecutorJobOperator operator = new TaskExecutorJobOperator();
            operator.setJobRepository(repository);
            operator.setJobRegistry(registry);
            operator.setObservationRegistry(factory.observations());
            operator.afterPropertiesSet();
            return operator;
        } catch (Exception e) {
            throw new IllegalStateException("job " + job.getName(), e);
        }
    }

    private static void throwFailure(PhasePlan phase, JobExecution execution) {
        Throwable first = execution.getStepExecutions().stream()
                .sorted(Comparator.comparingLong(StepExecution::getId))
                .flatMap(step -> step.getFailureExceptions().stream())
                .map(PhaseJobs::known)
                .findFirst()
                .orElse(null);
        if (first instanceof AthanorException known) {
            throw known;
        }
        if (execution.getStatus() != BatchStatus.STOPPED) {
            throw failure(
                    phase,
                    first != null
                            ? first
                            : execution.getAllFailureExceptions().stream()
                                    .findFirst()
                                    .orElse(null));
        }
    }

    private static Throwable known(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof AthanorException) {
                return cause;
            }
        }
        return error;
    }

    private static AthanorException failure(PhasePlan phase, @Nullable Throwable cause) {
        return new AthanorException(
                FailureKind.FAILED,
                "phase_failed",
                "The " + phase.phase().key() + " phase of revision " + phase.revision() + " failed: "
                        + (cause == null ? "the job ended without a word" : cause.getMessage()),
                "Go on with: athanor resume " + phase.revision(),
                cause);
    }
}
