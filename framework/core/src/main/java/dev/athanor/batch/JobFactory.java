package dev.athanor.batch;

import dev.athanor.plan.PhasePlan;
import dev.athanor.plan.Step;
import io.micrometer.observation.ObservationRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Locale;
import java.util.UUID;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.builder.SimpleJobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.transaction.support.TransactionOperations;

/** Builds the job of one phase: a step for each section, in file order. */
record JobFactory(
        JobRepository repository, TransactionOperations transactions, Clock clock, ObservationRegistry observations) {
    /** Width of the name columns of Spring Batch's tables. */
    private static final int NAME = 100;
    /** What a partition adds to the name of its step. */
    private static final int PARTITION = ":range000".length();

    /** The job; the phase has at least one step. */
    Job job(PhasePlan phase, PhaseWork work) {
        JobBuilder builder = new JobBuilder(jobName(phase), repository).observationRegistry(observations);
        SimpleJobBuilder steps = null;
        for (Step step : phase.steps()) {
            var built = step(step, work);
            steps = steps == null ? builder.start(built) : steps.next(built);
        }
        if (steps == null) {
            throw new IllegalArgumentException(
                    "phase " + phase.phase().key() + " of revision " + phase.revision() + " has no steps");
        }
        return steps.build();
    }

    static String jobName(PhasePlan phase) {
        return fit(phase.revision() + "." + phase.phase().key(), NAME);
    }

    private org.springframework.batch.core.step.Step step(Step step, PhaseWork work) {
        String name = fit(String.format(Locale.ROOT, "%02d %s", step.ordinal(), step.name()), NAME - PARTITION);
        if (step instanceof Step.SchemaStep schema) {
            return observed(new WorkStep(name, repository, work, () -> work.schema(schema)));
        }
        if (step instanceof Step.VerifyStep verify) {
            WorkStep counting = new WorkStep(name, repository, work, () -> Bridge.await(work.verify(verify)));
            counting.setAllowStartIfComplete(true);
            return observed(counting);
        }
        Step.BackfillStep backfill = (Step.BackfillStep) step;
        RangeSplitter splitter = new RangeSplitter(name, repository, transactions);
        return new StepBuilder(name, repository)
                .observationRegistry(observations)
                .partitioner(name, grid -> java.util.Map.of())
                .splitter(splitter)
                .partitionHandler(new ReactivePartitionHandler(backfill, work, splitter, this))
                // the ledger knows what is left: rows that were set aside may be wanted again
                .allowStartIfComplete(true)
                .build();
    }

    private WorkStep observed(WorkStep step) {
        step.setObservationRegistry(observations);
        return step;
    }

    /** Names are free text; one that is too long keeps its beginning and gets a sum of all of it. */
    private static String fit(String name, int longest) {
        if (name.length() <= longest) {
            return name;
        }
        String sum =
                UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
        return name.substring(0, longest - sum.length() - 1) + "~" + sum;
    }
}
