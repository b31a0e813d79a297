package dev.athanor.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.throttle.HealthBudget.Health;
import dev.athanor.throttle.WorkBudget.Grant;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Who is let in, and that nobody is forgotten. */
class TurnstileTest {
    private static final Duration TARGET = Duration.ofMillis(250);

    private final List<Integer> admitted = new ArrayList<>();
    private final List<Grant> grants = new ArrayList<>();

    private static HealthBudget budget(int workers) {
        return HealthBudget.of(
                new Pace(workers, 100, TARGET, null), Health.NONE, Clock.systemUTC(), Schedulers.parallel());
    }

    private Disposable ask(HealthBudget budget, int lane, boolean begun) {
        return budget.acquire(lane, begun).subscribe(grant -> {
            admitted.add(lane);
            grants.add(grant);
        });
    }

    private void leave(int index) {
        grants.get(index).done(100, 1);
    }

    @Test
    void a_lane_without_a_range_enters_only_below_the_number_allowed() {
        HealthBudget budget = budget(2);
        ask(budget, 2, false);
        ask(budget, 1, false);
        assertThat(admitted).containsExactly(1);
        ask(budget, 5, true);
        assertThat(admitted).containsExactly(1, 5);
        ask(budget, 0, false);
        leave(0);
        assertThat(admitted).containsExactly(1, 5, 0);
        leave(1);
        leave(2);
        assertThat(admitted).as("lane 2 waits as long as two are allowed").containsExactly(1, 5, 0);
        budget.pace(new Pace(3, 100, TARGET, null));
        assertThat(admitted).containsExactly(1, 5, 0, 2);
    }

    @Test
    void lower_lanes_are_first() {
        HealthBudget budget = budget(1);
        ask(budget, 0, true);
        for (int lane : new int[] {7, 3, 5, 3}) {
            ask(budget, lane, true);
        }
        for (int i = 0; i < 4; i++) {
            leave(i);
        }
        assertThat(admitted).containsExactly(0, 3, 3, 5, 7);
    }

    @Test
    void who_stops_waiting_leaves_no_gap_and_takes_no_turn() {
        HealthBudget budget = budget(1);
        ask(budget, 0, true);
        Disposable gone = ask(budget, 1, true);
        ask(budget, 2, true);
        gone.dispose();
        leave(0);
        assertThat(admitted).containsExactly(0, 2);
        grants.get(1).abandoned();
        grants.get(1).abandoned();
        ask(budget, 3, true);
        ask(budget, 4, true);
        assertThat(admitted).containsExactly(0, 2, 3);
    }

    @Test
    void fewer_workers_let_the_chunks_that_run_end_and_begin_no_more() {
        HealthBudget budget = budget(3);
        IntStream.range(0, 3).forEach(lane -> ask(budget, lane, true));
        budget.pace(new Pace(1, 100, TARGET, null));
        ask(budget, 3, true);
        leave(0);
        leave(1);
        assertThat(admitted).hasSize(3);
        leave(2);
        assertThat(admitted).containsExactly(0, 1, 2, 3);
    }

    /** Lanes on many threads, some of which give up waiting, while the number allowed changes all the time. */
    @Test
    void under_a_storm_never_too_many_and_everybody_in_the_end() {
        int lanes = 16;
        int chunks = 2_000;
        HealthBudget budget = budget(4);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        Mono<Void> storm = Flux.range(0, lanes)
                .flatMap(
                        lane -> Flux.range(0, chunks)
                                .concatMap(chunk -> turn(budget, lane, chunk, running, most)
                                        .doOnNext(grant -> done.incrementAndGet()))
                                .subscribeOn(Schedulers.parallel()),
                        lanes)
                .then();
        Disposable changes = Flux.range(0, Integer.MAX_VALUE)
                .delayElements(Duration.ofMillis(1), Schedulers.single())
                .subscribe(i -> budget.pace(new Pace(1 + i % 4, 100, TARGET, null)));
        storm.block(Duration.ofMinutes(1));
        changes.dispose();
        assertThat(done).hasValue(lanes * chunks);
        assertThat(running).hasValue(0);
        assertThat(most.get()).isBetween(2, 4);
        budget.pace(new Pace(4, 100, TARGET, null));
        IntStream.range(0, 5).forEach(lane -> ask(budget, lane, true));
        assertThat(admitted).as("nothing has leaked").containsExactly(0, 1, 2, 3);
    }

    private static Mono<Boolean> turn(
            HealthBudget budget, int lane, int chunk, AtomicInteger running, AtomicInteger most) {
        Mono<Grant> leave = chunk % 7 == 0
                ? budget.acquire(lane, true)
                        .doOnNext(Grant::abandoned)
                        .then(Mono.<Grant>never())
                        .timeout(Duration.ofNanos(1), budget.acquire(lane, true), Schedulers.parallel())
                : budget.acquire(lane, true);
        return leave.flatMap(grant -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            return Mono.fromSupplier(() -> true)
                    .publishOn(Schedulers.parallel())
                    .doOnNext(x -> {
                        running.decrementAndGet();
                        if (ThreadLocalRandom.current().nextBoolean()) {
                            grant.done(100, 1_000);
                        } else {
                            grant.abandoned();
                        }
                    });
        });
    }
}
