package dev.athanor.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.migration.RowTransform;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

/** The time that the rows of a chunk are given. */
class TransformStageTest {
    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

    private Mono<Transformed> apply(int rows, RowTransform transform) {
        return new TransformStage(transform, 1, List.of(), time).apply(rows(rows));
    }

    private static List<SourceRow> rows(int rows) {
        return IntStream.range(0, rows)
                .mapToObj(i -> new SourceRow(List.of(), List.of(Integer.toString(i)), new String[0], null))
                .toList();
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

    @Test
    void known_answers_and_late_ones_are_taken_together() {
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger open = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        RowTransform transform = row -> {
            if (begun.getAndIncrement() % 3 == 0) {
                return Mono.just(Map.of());
            }
            most.accumulateAndGet(open.incrementAndGet(), Math::max);
            return Mono.delay(Duration.ofMillis(10), time)
                    .doOnNext(late -> open.decrementAndGet())
                    .thenReturn(Map.of());
        };
        StepVerifier.withVirtualTime(
                        () -> new TransformStage(transform, 4, List.of(), time).apply(rows(100)),
                        () -> time,
                        Long.MAX_VALUE)
                .thenAwait(Duration.ofSeconds(2))
                .assertNext(done -> assertThat(done.rows()).isEqualTo(100))
                .verifyComplete();
        // places of known answers are given back a few at a time
        assertThat(most.get()).isBetween(2, 4);
    }

    @Test
    void no_row_is_begun_behind_one_that_failed() {
        AtomicInteger begun = new AtomicInteger();
        RowTransform transform = row -> begun.getAndIncrement() == 10
                ? Mono.error(new IllegalStateException("the eleventh"))
                : begun.get() % 2 == 0
                        ? Mono.just(Map.of())
                        : Mono.delay(Duration.ofMillis(10), time).thenReturn(Map.of());
        StepVerifier.withVirtualTime(
                        () -> new TransformStage(transform, 4, List.of(), time).apply(rows(100)),
                        () -> time,
                        Long.MAX_VALUE)
                .thenAwait(Duration.ofSeconds(2))
                .assertNext(done -> {
                    assertThat(done.rows()).isEqualTo(10);
                    assertThat(done.fault()).isNotNull();
                })
                .verifyComplete();
        assertThat(begun.get()).isBetween(11, 14);
    }
}
