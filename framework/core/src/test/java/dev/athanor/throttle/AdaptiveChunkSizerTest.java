package dev.athanor.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AdaptiveChunkSizerTest {
    private static final Duration TARGET = Duration.ofMillis(250);
    private final AdaptiveChunkSizer sizer = new AdaptiveChunkSizer(TARGET);

    private void chunks(int number, long nanosPerRow) {
        for (int i = 0; i < number; i++) {
            int rows = sizer.rows();
            sizer.observe(rows, rows, rows * nanosPerRow);
        }
    }

    @Test
    void grows_by_at_most_half_a_step() {
        chunks(1, 1_000);
        assertThat(sizer.rows()).isEqualTo(1_500);
    }

    @Test
    void settles_where_a_chunk_takes_the_target_time() {
        chunks(30, 10_000);
        assertThat(sizer.rows()).isEqualTo(25_000);
    }

    @Test
    void never_leaves_its_bounds() {
        chunks(40, 10);
        assertThat(sizer.rows()).isEqualTo(AdaptiveChunkSizer.LARGEST);
        chunks(40, 1_000_000_000);
        assertThat(sizer.rows()).isEqualTo(AdaptiveChunkSizer.SMALLEST);
    }

    @Test
    void a_reading_far_over_the_target_cuts_to_a_tenth_at_once() {
        chunks(30, 10_000);
        sizer.observe(25_000, 25_000, TARGET.toNanos() * 5 + 1);
        assertThat(sizer.rows()).isEqualTo(2_500);
    }

    @Test
    void nine_of_ten_chunks_hold_the_target() {
        for (int i = 0; i < 100; i++) {
            int rows = sizer.rows();
            sizer.observe(rows, rows, rows * (i % 4 == 0 ? 50_000L : 10_000L));
        }
        assertThat(sizer.rows()).isEqualTo(5_000);
    }

    @Test
    void the_short_end_of_a_range_teaches_nothing() {
        sizer.observe(1_000, 3, 90_000_000);
        assertThat(sizer.rows()).isEqualTo(AdaptiveChunkSizer.START);
    }

    @Test
    void chunks_that_were_granted_before_the_last_step_do_not_push_further() {
        sizer.observe(1_000, 1_000, 1_000_000);
        sizer.observe(1_000, 1_000, 1_000_000);
        assertThat(sizer.rows()).isEqualTo(1_500);
    }

    @Test
    void refuses_senseless_settings() {
        assertThatThrownBy(() -> new AdaptiveChunkSizer(Duration.ZERO)).hasMessageContaining("above zero");
        assertThatThrownBy(() -> ChunkSizer.fixed(0)).hasMessageContaining("at least 1 row");
    }
}
