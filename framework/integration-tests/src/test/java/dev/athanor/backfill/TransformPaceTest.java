package dev.athanor.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How large chunks of transformed rows become. */
class TransformPaceTest {
    private final TransformPace pace = new TransformPace(2);

    @Test
    void slow_rows_make_chunks_smaller_and_quick_ones_larger() {
        pace.took(3000, Duration.ofSeconds(3));
        assertThat(pace.of(50_000)).isEqualTo(2100);
        pace.took(2100, Duration.ofSeconds(1));
        assertThat(pace.of(50_000)).isBetween(4409, 4410);
        assertThat(pace.of(7)).isEqualTo(7);
        pace.took(10, Duration.ZERO);
        assertThat(pace.of(50_000)).isEqualTo(TransformPace.MOST_ROWS);
    }

    @Test
    void a_chunk_of_which_nothing_was_done_says_nothing() {
        pace.took(300, Duration.ofSeconds(3));
        pace.took(0, Duration.ofSeconds(3));
        assertThat(pace.of(50_000)).isEqualTo(210);
    }

    @Test
    void chunks_without_rows_to_transform_go_farther_each_time() {
        pace.took(1, Duration.ofSeconds(60));
        assertThat(pace.of(50_000)).isEqualTo(1);
        pace.tookNothing();
        assertThat(pace.of(50_000)).isEqualTo(2);
        for (int i = 0; i < 20; i++) {
            pace.tookNothing();
        }
        assertThat(pace.of(50_000)).isEqualTo(TransformPace.MOST_ROWS);
    }

    @Test
    void chunks_hold_no_more_rows_than_fit_into_memory() {
        pace.read(40, true);
        pace.took(40, Duration.ofMillis(1));
        assertThat(pace.of(50_000)).isEqualTo(40);
        pace.read(40, false);
        assertThat(pace.of(50_000)).isEqualTo(50);
    }

    @Test
    void rows_of_many_values_are_fewer_however_quick_they_are() {
        TransformPace wide = new TransformPace(200);
        int most = wide.of(50_000);
        assertThat((long) most * 200 * RowBatch.VALUE_BYTES)
                .isBetween(RowBatch.MOST_BYTES / 2 - 200 * RowBatch.VALUE_BYTES, RowBatch.MOST_BYTES / 2);
        wide.took(most, Duration.ofMillis(1));
        wide.read(most, false);
        wide.tookNothing();
        assertThat(wide.of(50_000)).isEqualTo(most);
    }

    @Test
    void behind_a_long_row_a_hundred_chunks_are_read_row_by_row() {
        assertThat(pace.readsAtOnce()).isTrue();
        pace.foundLongRow();
        assertThat(IntStream.range(0, 100).filter(i -> pace.readsAtOnce())).isEmpty();
        assertThat(pace.readsAtOnce()).isTrue();
    }
}
