package dev.athanor.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.migration.RowTransform;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

/** The time that the rows of a chunk are given. */
class TransformStageTest {
    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

    private Mono<Transformed> apply(int rows, RowTransform transform) {
        List<SourceRow> read = IntStream.range(0, rows)
                .mapToObj(i -> new SourceRow(List.of(), List.of(Integer.toString(i)), new String[0], null))
                .toList();
        return new TransformStage(transform, 1, List.of(), time).apply(read);
    }

    @Test
    void no_row_is_begun_when_time_is_up() {
        StepVerifier.withVirtualTime(
                        () -> apply(
                                100,
                                row -> Mono.delay(Duration.ofSeconds(1), time).thenReturn(Map.of())),
                        () -> time,
                        Long.MAX_VALUE)
                .thenAwait(Duration.ofMinutes(1))
                .assertNext(done -> assertThat(done.rows()).isBetween(1, 4))
                .verifyComplete();
    }

    @Test
    void a_first_row_that_takes_longer_is_waited_for() {
        StepVerifier.withVirtualTime(
                        () -> apply(
                                100,
                                row -> Mono.delay(Duration.ofSeconds(20), time).thenReturn(Map.of())),
                        () -> time,
                        Long.MAX_VALUE)
                .thenAwait(Duration.ofMinutes(1))
                .assertNext(done -> assertThat(done.rows()).isEqualTo(1))
                .verifyComplete();
    }
}
