package dev.athanor.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.throttle.WorkBudget.Grant;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

class PacedBudgetTest {
    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final Clock clock = new Clock() {
        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(time.now(TimeUnit.MILLISECONDS));
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    };

    private long rowsWithin(PacedBudget budget, Duration duration, int workers) {
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
        PacedBudget budget = PacedBudget.of(new Pace(2, 700, Duration.ofMillis(250), null), clock, time);
        Grant grant = budget.acquire(0, false).block();
        assertThat(grant).isNotNull();
        assertThat(grant.rows()).isEqualTo(700);
        assertThat(budget.state().reason()).isEmpty();
    }

    @Test
    void the_cap_holds_over_all_workers() {
        PacedBudget budget = PacedBudget.of(new Pace(2, null, Duration.ofMillis(250), 1_000L), clock, time);
        assertThat(rowsWithin(budget, Duration.ofSeconds(60), 4)).isBetween(60_000L, 60_000L + 250L);
        assertThat(budget.state().reason()).isEqualTo("max-rows-per-second 1,000");
    }

    @Test
    void the_cap_holds_over_the_first_second_too() {
        PacedBudget budget = PacedBudget.of(new Pace(2, 100_000, Duration.ofMillis(250), 1_000L), clock, time);
        assertThat(rowsWithin(budget, Duration.ofMillis(999), 2)).isLessThanOrEqualTo(1_250);
    }

    @Test
    void rows_that_were_not_walked_are_given_back() {
        PacedBudget budget = PacedBudget.of(new Pace(2, 250, Duration.ofMillis(250), 1_000L), clock, time);
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
        PacedBudget budget = PacedBudget.of(new Pace(2, null, Duration.ofMillis(250), 1L), clock, time);
        assertThat(rowsWithin(budget, Duration.ofSeconds(30), 1)).isBetween(30L, 31L);
    }
}
