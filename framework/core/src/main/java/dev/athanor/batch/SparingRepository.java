package dev.athanor.batch;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A job repository that does not write what it has just written. Batch writes the end of every step and of every job once
 * before its listeners are called and once behind them, and the job's context after every step, whether or not something has
 * changed; each of these is a transaction of four round trips. With a write, Batch's look for a stop that somebody asked for
 * in the tables is left out, too; ours is asked for in the ledger. What comes in a wider transaction is always written, for
 * nobody knows yet whether it commits; so are the partitions, by another thread than the one that runs the job, which alone
 * may call without a transaction. Nobody but Batch puts anything into a job's context.
 */
final class SparingRepository implements InvocationHandler {
    private final JobRepository repository;
    private List<@Nullable Object> written = List.of();

    private SparingRepository(JobRepository repository) {
        this.repository = repository;
    }

    static JobRepository of(JobRepository repository) {
        return (JobRepository) Proxy.newProxyInstance(
                JobRepository.class.getClassLoader(),
                new Class<?>[] {JobRepository.class},
                new SparingRepository(repository));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        boolean alone = !TransactionSynchronizationManager.isActualTransactionActive();
        if (alone && arguments != null && arguments.length == 1) {
            if (method.getName().equals("updateExecutionContext")
                    && arguments[0] instanceof JobExecution job
                    && !job.getExecutionContext().isDirty()) {
                return null;
            }
            if (method.getName().equals("update")) {
                return update(method, arguments);
            }
        }
        return pass(method, arguments);
    }

    private @Nullable Object update(Method method, Object[] arguments) throws Throwable {
        List<@Nullable Object> wanted = facts(arguments[0]);
        if (!wanted.isEmpty() && wanted.equals(written)) {
            return null;
        }
        written = List.of();
        Object answer = pass(method, arguments);
        // read again: Batch may have learned meanwhile that the job is to stop
        written = facts(arguments[0]);
        return answer;
    }

    private @Nullable Object pass(Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(repository, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    /** All that is written of an execution but the moment at which it is written. */
    private static List<@Nullable Object> facts(Object execution) {
        if (execution instanceof JobExecution job) {
            return Arrays.asList(
                    JobExecution.class,
                    job.getId(),
                    job.getVersion(),
                    job.getStatus(),
                    job.getExitStatus(),
                    job.getStartTime(),
                    job.getEndTime());
        }
        return execution instanceof StepExecution step
                ? Arrays.asList(
                        StepExecution.class,
                        step.getId(),
                        step.getVersion(),
                        step.getStatus(),
                        step.getExitStatus(),
                        step.getStartTime(),
                        step.getEndTime(),
                        step.getSummary())
                : List.of();
    }
}
