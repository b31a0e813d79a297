package dev.athanor.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class GovernorTest {
    private static final double AT_LIMIT = 1 / Governor.FULL_SHARE;

    private final Governor governor = new Governor(8);
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    private void decide(double utilisation) {
        decide(utilisation, utilisation);
    }

    private void decide(double smoothed, double raw) {
        now = now.plus(Governor.INTERVAL);
        governor.decide(now, smoothed, raw);
    }

    @Test
    void begins_with_all_workers_and_leaves_them_alone() {
        assertThat(governor.workers()).isEqualTo(8);
        decide(0);
        decide(0.39);
        assertThat(governor.workers()).isEqualTo(8);
        assertThat(governor.holdsBack()).isFalse();
    }

    @Test
    void sheds_one_halves_holds_and_grows_by_one() {
        decide(0.7);
        assertThat(governor.workers()).isEqualTo(7);
        decide(1.1);
        assertThat(governor.workers()).isEqualTo(3);
        assertThat(governor.recovering()).isFalse();
        decide(0.69);
        decide(0.4);
        assertThat(governor.workers()).isEqualTo(3);
        assertThat(governor.recovering()).isTrue();
        decide(0.39);
        assertThat(governor.workers()).isEqualTo(4);
        for (int i = 0; i < 4; i++) {
            decide(0);
        }
        assertThat(governor.workers()).isEqualTo(8);
        assertThat(governor.holdsBack()).isFalse();
    }

    @Test
    void decides_once_an_interval() {
        decide(0.9);
        governor.decide(now.plusMillis(999), 1.2, 1.2);
        assertThat(governor.workers()).isEqualTo(7);
        governor.decide(now.plus(Governor.INTERVAL), 1.2, 1.2);
        assertThat(governor.workers()).isEqualTo(3);
    }

    @Test
    void the_last_worker_does_less_step_by_step() {
        for (int i = 0; i < 3; i++) {
            decide(1.2, 1.2);
        }
        assertThat(governor.workers()).isEqualTo(1);
        assertThat(governor.steps()).isZero();
        for (int i = 1; i <= Governor.MOST_STEPS; i++) {
            decide(0.8);
            assertThat(governor.steps()).isEqualTo(i);
        }
        decide(1.2);
        assertThat(governor.steps()).isEqualTo(Governor.MOST_STEPS);
        for (int i = 0; i < Governor.MOST_STEPS; i++) {
            decide(0);
        }
        assertThat(governor.steps()).isZero();
        assertThat(governor.workers()).isEqualTo(1);
        decide(0);
        assertThat(governor.workers()).isEqualTo(2);
    }

    @Test
    void at_a_limit_all_stand_still_at_once_until_it_is_clearly_over() {
        decide(0.1);
        governor.decide(now.plusMillis(1), 0.1, AT_LIMIT);
        assertThat(governor.workers()).isZero();
        assertThat(governor.halted()).isTrue();
        decide(0.2, 1.2);
        decide(0.2, 1.0);
        assertThat(governor.workers()).isZero();
        decide(0.2, 0.99);
        assertThat(governor.workers()).isEqualTo(1);
        assertThat(governor.recovering()).isTrue();
        decide(0.2, 0.2);
        assertThat(governor.workers()).isEqualTo(2);
    }

    @Test
    void smoothed_readings_alone_never_stop_the_work() {
        for (int i = 0; i < 20; i++) {
            decide(5, 1.2);
        }
        assertThat(governor.workers()).isEqualTo(1);
    }

    @Test
    void another_number_of_workers_counts_at_once() {
        governor.most(12);
        assertThat(governor.workers()).isEqualTo(12);
        decide(1.5, 1.2);
        governor.most(20);
        assertThat(governor.workers()).isEqualTo(6);
        governor.most(2);
        assertThat(governor.workers()).isEqualTo(2);
        assertThat(governor.holdsBack()).isFalse();
    }
}
