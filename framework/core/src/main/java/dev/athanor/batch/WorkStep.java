package dev.athanor.batch;

import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.AbstractStep;
import org.springframework.batch.core.step.StepExecution;

/**
 * A step that is one call. Not a tasklet: that would hold a transaction of the job repository open for as long as the
 * call takes, and {@code CREATE INDEX CONCURRENTLY} waits for old transactions.
 */
final class WorkStep extends AbstractStep {
    private final Runnable work;
    private final PhaseWork phase;

    WorkStep(String name, JobRepository repository, PhaseWork phase, Runnable work) {
        super(repository);
        setName(name);
        this.phase = phase;
        this.work = work;
    }

    @Override
    protected void doExecute(StepExecution execution) {
        if (phase.stopRequested()) {
            execution.setTerminateOnly();
            return;
        }
        work.run();
        if (phase.stopRequested()) {
            execution.setTerminateOnly();
        }
    }
}
