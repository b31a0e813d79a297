package dev.athanor.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.transaction.support.TransactionSynchronizationManager;

class SparingRepositoryTest {
    private final List<String> written = new ArrayList<>();
    private boolean broken;
    private final JobRepository repository = SparingRepository.of((JobRepository) Proxy.newProxyInstance(
            JobRepository.class.getClassLoader(), new Class<?>[] {JobRepository.class}, (proxy, method, arguments) -> {
                written.add(method.getName() + " " + arguments[0].getClass().getSimpleName());
                if (broken) {
                    throw new TransientDataAccessResourceException("away");
                }
                if (method.getName().equals("updateExecutionContext") && arguments[0] instanceof JobExecution job) {
                    job.getExecutionContext().clearDirtyFlag();
                }
                return null;
            }));
    private final JobExecution job = new JobExecution(1, new JobInstance(1, "job"), new JobParameters());
    private final StepExecution step = new StepExecution(2, "step", job);

    @AfterEach
    void end() {
        TransactionSynchronizationManager.setActualTransactionActive(false);
    }

    @Test
    void what_has_not_changed_is_written_once() {
        repository.update(step);
        repository.update(step);
        step.setStatus(BatchStatus.COMPLETED);
        repository.update(step);
        repository.update(step);
        repository.update(job);
        repository.update(job);
        assertThat(written).containsExactly("update StepExecution", "update StepExecution", "update JobExecution");
    }

    @Test
    void every_change_is_written() {
        repository.update(step);
        step.setExitStatus(ExitStatus.FAILED.addExitDescription("why"));
        repository.update(step);
        step.setWriteCount(7);
        repository.update(step);
        job.setStatus(BatchStatus.STOPPING);
        repository.update(job);
        repository.update(step);
        assertThat(written).hasSize(5);
    }

    @Test
    void a_context_is_written_when_something_was_put_into_it() {
        job.getExecutionContext().clearDirtyFlag();
        repository.updateExecutionContext(job);
        job.getExecutionContext().put("key", "value");
        repository.updateExecutionContext(job);
        repository.updateExecutionContext(job);
        repository.updateExecutionContext(step);
        assertThat(written)
                .containsExactly("updateExecutionContext JobExecution", "updateExecutionContext StepExecution");
    }

    @Test
    void what_could_not_be_written_is_written_again() {
        broken = true;
        assertThatThrownBy(() -> repository.update(step)).isInstanceOf(TransientDataAccessResourceException.class);
        broken = false;
        repository.update(step);
        assertThat(written).hasSize(2);
    }

    @Test
    void a_wider_transaction_may_fail_yet_so_all_is_written() {
        repository.update(step);
        TransactionSynchronizationManager.setActualTransactionActive(true);
        repository.update(step);
        repository.update(step);
        assertThat(written).hasSize(3);
    }
}
