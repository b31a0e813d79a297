package dev.athanor.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.throttle.HealthBudget.Health;
import dev.athanor.throttle.WorkBudget.Grant;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.test.scheduler.VirtualTimeScheduler;

class HealthBudgetTest {
    private static final Duration TARGET = Duration.ofMillis(250);

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final Clock clock = new VirtualClock(time);

    private long rowsWithin(HealthBudget budget, Duration duration, int workers) {
        long[] rows = new long[1];
        for (int worker = 0; worker < workers; worker++) {
            budget.acquire(0, false)
                    .doOnNext(grant -> {
                        rows[0] += grant.rows();
                        grant.done(grant.rows(), 1_000_000);
                    })
                    .repeat()
                    .subscribeOn(time)
                    .subscribe();
        }
        time.advanceTimeBy(duration);
        return rows[0];
    }

    @Test
    void without_a_cap_the_size_is_the_sizer_s_and_nobody_waits() {
        HealthBudget budget = HealthBudget.of(new Pace(2, 700, TARGET, null), Health.NONE, clock, time);
        Grant grant = budget.acquire(0, false).block();
        assertThat(grant).isNotNull();
        assertThat(grant.rows()).isEqualTo(700);
        assertThat(budget.state().reason()).isEmpty();
    }

    @Test
    void the_cap_holds_over_all_workers() {
        HealthBudget budget = HealthBudget.of(new Pace(2, null, TARGET, 1_000L), Health.NONE, clock, time);
        assertThat(rowsWithin(budget, Duration.ofSeconds(60), 4)).isBetween(60_000L, 60_000L + 250L);
        assertThat(budget.state().reason()).isEqualTo("max-rows-per-second 1,000");
    }

    @Test
    void the_cap_holds_over_the_first_second_too() {
        HealthBudget budget = HealthBudget.of(new Pace(2, 100_000, TARGET, 1_000L), Health.NONE, clock, time);
        assertThat(rowsWithin(budget, Duration.ofMillis(999), 2)).isLessThanOrEqualTo(1_250);
    }

    @Test
    void rows_that_were_not_walked_are_given_back() {
        HealthBudget budget = HealthBudget.of(new Pace(2, 250, TARGET, 1_000L), Health.NONE, clock, time);
        long[] chunks = new long[1];
        budget.acquire(0, false)
                .doOnNext(grant -> {
                    chunks[0]++;
                    if (chunks[0] % 2 == 0) {
                        grant.abandoned();
                    } else {
                        grant.done(125, 1_000_000);
                    }
                })
                .repeat()
                .subscribeOn(time)
                .subscribe();
        time.advanceTimeBy(Duration.ofSeconds(10));
        assertThat(chunks[0] / 2 * 125).isBetween(9_875L, 10_250L);
    }

    @Test
    void a_tiny_cap_still_moves() {
        HealthBudget budget = HealthBudget.of(new Pace(2, null, TARGET, 1L), Health.NONE, clock, time);
        assertThat(rowsWithin(budget, Duration.ofSeconds(30), 1)).isBetween(30L, 31L);
    }

    @Test
    void another_cap_counts_for_those_who_wait_under_the_old_one() {
        HealthBudget budget = HealthBudget.of(new Pace(1, 1, TARGET, 1L), Health.NONE, clock, time);
        long[] chunks = new long[1];
        budget.acquire(0, true)
                .doOnNext(grant -> {
                    chunks[0]++;
                    grant.done(1, 1_000_000);
                })
                .repeat()
                .subscribeOn(time)
                .subscribe();
        time.advanceTimeBy(Duration.ofMillis(100));
        assertThat(chunks[0]).isEqualTo(1);
        budget.pace(new Pace(1, 1, TARGET, 1_000L));
        time.advanceTimeBy(Duration.ofMillis(10));
        assertThat(chunks[0]).isBetween(8L, 12L);
        assertThat(budget.state().reason()).isEqualTo("max-rows-per-second 1,000");
    }

    @Test
    void what_the_sizer_has_learned_outlives_another_rate_or_number_of_workers() {
        HealthBudget budget = HealthBudget.of(new Pace(2, null, TARGET, null), Health.NONE, clock, time);
        Grant grant = budget.acquire(0, true).block();
        assertThat(grant).isNotNull();
        grant.done(1_000, 1_000_000);
        assertThat(budget.state().chunkRows()).isEqualTo(1_500);
        budget.pace(new Pace(3, null, TARGET, 1_000_000L));
        assertThat(budget.state().chunkRows()).isEqualTo(1_500);
        assertThat(budget.state().workersWanted()).isEqualTo(3);
        budget.pace(new Pace(3, 700, TARGET, null));
        assertThat(budget.state().chunkRows()).isEqualTo(700);
    }

    @Test
    void outside_its_window_no_chunk_begins_and_it_goes_on_by_itself() {
        Instant opens = clock.instant().plus(Duration.ofHours(3));
        WorkingHours hours = new WorkingHours(
                "22:00-06:00 Europe/Paris", now -> now.isBefore(opens) ? Duration.between(now, opens) : Duration.ZERO);
        HealthBudget budget = HealthBudget.of(
                new Pace(2, 100, TARGET, null), new Health(ThrottleSettings.OFF, null, "", hours), clock, time);
        List<BudgetState> states = new ArrayList<>();
        Disposable watching = budget.watch().subscribe(states::add);
        AtomicInteger begun = new AtomicInteger();
        budget.acquire(0, true).subscribe(grant -> begun.incrementAndGet());
        time.advanceTimeBy(Duration.ofHours(3).minusMillis(1));
        assertThat(begun).hasValue(0);
        assertThat(budget.state().workers()).isZero();
        assertThat(budget.state().reason()).isEqualTo("outside window 22:00-06:00 Europe/Paris");
        time.advanceTimeBy(Duration.ofSeconds(1));
        assertThat(begun).hasValue(1);
        assertThat(states).extracting(BudgetState::workers).containsExactly(0, 2);
        watching.dispose();
    }
}
