package dev.athanor.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.throttle.HealthBudget.Health;
import dev.athanor.throttle.WorkBudget.Grant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** What a budget makes of a signal, second by second; the signal is one of the user's own. */
class SignalsTest {
    private static final Duration TARGET = Duration.ofMillis(250);

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final VirtualClock clock = new VirtualClock(time);
    private final List<BudgetState> states = new ArrayList<>();
    private Mono<Double> answer = Mono.just(0.0);

    private final Signal queue = new Signal() {
        @Override
        public String name() {
            return "queue length";
        }

        @Override
        public double limit() {
            return 100;
        }

        @Override
        public Mono<Double> read() {
            return answer;
        }
    };

    private HealthBudget watched(Pace pace) {
        ThrottleSettings settings = ThrottleSettings.builder()
                .allOff()
                .signal(queue)
                .smoothing(Duration.ofMillis(1))
                .build();
        HealthBudget budget = HealthBudget.of(pace, new Health(settings, null, "t", WorkingHours.ALWAYS), clock, time);
        Disposable watching = budget.watch().subscribe(states::add);
        assertThat(watching.isDisposed()).isFalse();
        return budget;
    }

    private HealthBudget watched() {
        return watched(new Pace(8, null, TARGET, null));
    }

    private void after(Duration duration, double value) {
        answer = Mono.just(value);
        time.advanceTimeBy(duration);
    }

    @Test
    void workers_follow_the_bands() {
        HealthBudget budget = watched();
        after(Duration.ofSeconds(5), 10);
        assertThat(budget.state().workers()).isEqualTo(8);
        assertThat(budget.state().throttled()).isFalse();
        after(Duration.ofSeconds(2), 60);
        assertThat(budget.state().workers()).isEqualTo(6);
        assertThat(budget.state().reason()).isEqualTo("queue length 60 (limit 100)");
        after(Duration.ofSeconds(1), 80);
        assertThat(budget.state().workers()).isEqualTo(3);
        after(Duration.ofSeconds(10), 45);
        assertThat(budget.state().workers()).isEqualTo(3);
        assertThat(budget.state().reason()).isEqualTo("growing again after queue length");
        after(Duration.ofSeconds(3), 0);
        assertThat(budget.state().workers()).isEqualTo(6);
        after(Duration.ofSeconds(3), 0);
        assertThat(budget.state().workers()).isEqualTo(8);
        assertThat(budget.state().throttled()).isFalse();
        assertThat(states)
                .extracting(BudgetState::workers)
                .startsWith(8)
                .endsWith(8)
                .contains(7, 6, 3, 4);
    }

    @Test
    void at_its_limit_nothing_begins_and_it_goes_on_by_itself() {
        HealthBudget budget = watched();
        after(Duration.ofSeconds(1), 100);
        List<Grant> begun = new ArrayList<>();
        budget.acquire(0, true).subscribe(begun::add);
        after(Duration.ofMinutes(1), 99);
        assertThat(begun).isEmpty();
        assertThat(budget.state().workers()).isZero();
        assertThat(budget.state().reason()).isEqualTo("queue length 99 (limit 100)");
        after(Duration.ofSeconds(1), 74);
        assertThat(begun).hasSize(1);
    }

    @Test
    void what_cannot_be_read_counts_as_its_limit_after_the_grace_time() {
        HealthBudget budget = watched();
        after(Duration.ofSeconds(1), 0);
        answer = Mono.error(new IllegalStateException("no route"));
        time.advanceTimeBy(Duration.ofSeconds(9));
        assertThat(budget.state().workers()).isEqualTo(8);
        time.advanceTimeBy(Duration.ofSeconds(3));
        assertThat(budget.state().workers()).isZero();
        assertThat(budget.state().reason()).isEqualTo("queue length unreadable for 11s: no route");
        after(Duration.ofSeconds(10), 0);
        assertThat(budget.state().workers()).isEqualTo(8);
    }

    @Test
    void no_answer_no_number_and_nonsense_are_unreadable() {
        HealthBudget budget = watched();
        for (Mono<Double> bad : List.of(Mono.<Double>never(), Mono.<Double>empty(), Mono.just(Double.NaN))) {
            answer = bad;
            time.advanceTimeBy(Duration.ofSeconds(14));
            assertThat(budget.state().workers()).isZero();
            assertThat(budget.state().reason()).startsWith("queue length unreadable for 1");
            after(Duration.ofSeconds(15), 0);
            assertThat(budget.state().workers()).isEqualTo(8);
        }
    }

    @Test
    void the_last_worker_makes_smaller_chunks_and_rests() {
        HealthBudget budget = watched(new Pace(1, null, TARGET, null));
        after(Duration.ofSeconds(2), 60);
        assertThat(budget.state().chunkRows()).isEqualTo(250);
        List<Grant> begun = new ArrayList<>();
        budget.acquire(0, true).subscribe(begun::add);
        begun.get(0).done(250, Duration.ofMillis(100).toNanos());
        budget.acquire(0, true).subscribe(begun::add);
        time.advanceTimeBy(Duration.ofMillis(299));
        assertThat(begun).hasSize(1);
        time.advanceTimeBy(Duration.ofMillis(1));
        assertThat(begun).hasSize(2);
        after(Duration.ofSeconds(3), 0);
        assertThat(budget.state().chunkRows())
                .as("what its one chunk has taught")
                .isEqualTo(625);
        assertThat(budget.state().throttled()).isFalse();
    }

    @Test
    void one_look_out_of_line_is_smoothed_away() {
        ThrottleSettings settings =
                ThrottleSettings.builder().allOff().signal(queue).build();
        HealthBudget budget = HealthBudget.of(
                new Pace(8, null, TARGET, null), new Health(settings, null, "t", WorkingHours.ALWAYS), clock, time);
        budget.watch().subscribe(states::add);
        after(Duration.ofSeconds(5), 0);
        after(Duration.ofMillis(500), 99);
        after(Duration.ofSeconds(5), 0);
        assertThat(states).extracting(BudgetState::workers).containsOnly(8);
    }

    @Test
    void without_anybody_who_watches_all_is_allowed() {
        ThrottleSettings settings =
                ThrottleSettings.builder().allOff().signal(queue).build();
        HealthBudget budget = HealthBudget.of(
                new Pace(8, null, TARGET, null), new Health(settings, null, "t", WorkingHours.ALWAYS), clock, time);
        answer = Mono.never();
        time.advanceTimeBy(Duration.ofMinutes(1));
        assertThat(budget.state().workers()).isEqualTo(8);
    }

    @Test
    void chunks_that_become_dear_are_noticed_and_forgotten() {
        ThrottleSettings settings = ThrottleSettings.DEFAULTS;
        ChunkLatency latency = new ChunkLatency(settings, clock);
        for (int i = 0; i < 60; i++) {
            latency.observe(1_000, 1_000_000);
        }
        assertThat(latency.read().block()).isEqualTo(1);
        latency.observe(1_000, 500_000_000);
        latency.observe(1_000, 500_000_000);
        assertThat(latency.read().block()).as("two of five waited for a lock").isEqualTo(1);
        for (int i = 0; i < 3; i++) {
            latency.observe(1_000, 6_000_000);
        }
        assertThat(latency.read().block()).isEqualTo(6);
        assertThat(latency.describe(6)).isEqualTo("chunk latency 6x of what is usual (limit 10x)");
        time.advanceTimeBy(Duration.ofSeconds(6));
        assertThat(latency.read().block()).isZero();
    }

    @Test
    void a_signal_without_a_limit_is_refused() {
        Signal broken = new Signal() {
            @Override
            public String name() {
                return "broken";
            }

            @Override
            public double limit() {
                return 0;
            }

            @Override
            public Mono<Double> read() {
                return Mono.just(1.0);
            }
        };
        assertThatThrownBy(() -> new SignalState(broken, ThrottleSettings.DEFAULTS))
                .hasMessageContaining("'broken'");
    }
}
