package dev.athanor.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.repository.support.ResourcelessJobRepository;

class JobRepositoriesTest {

    @Test
    void a_repository_that_forgets_is_refused() {
        assertThatThrownBy(() -> JobRepositories.requireJdbc(new ResourcelessJobRepository()))
                .isInstanceOfSatisfying(AthanorException.class, e -> {
                    assertThat(e.kind()).isEqualTo(FailureKind.USAGE);
                    assertThat(e.code()).isEqualTo("job_repository_not_jdbc");
                })
                .hasMessageContaining("ResourcelessJobRepository");
    }
}
