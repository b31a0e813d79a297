package dev.athanor.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Where a chunk is cut whose rows are more, or larger, than was expected. */
class RowBatchTest {
    private static SourceRow row(String key, String value) {
        return new SourceRow(List.of(), List.of(key), new String[] {value, null}, null);
    }

    private static List<List<String>> keys(RowBatch batch) {
        return batch.rows().stream().map(SourceRow::key).toList();
    }

    @Test
    void as_many_rows_as_expected_are_all_of_them() {
        RowBatch batch = new RowBatch(2);
        batch.add(row("a", "1"));
        batch.add(row("b", "2"));
        assertThat(batch.isCut()).isFalse();
        assertThat(batch.isFull()).isFalse();
        assertThat(keys(batch)).containsExactly(List.of("a"), List.of("b"));
    }

    @Test
    void a_row_that_has_come_in_between_cuts_it_and_says_nothing_of_memory() {
        RowBatch batch = new RowBatch(1);
        batch.add(row("a", "1"));
        batch.add(row("b", "x".repeat((int) RowBatch.MOST_BYTES)));
        assertThat(batch.isCut()).isTrue();
        assertThat(batch.isFull()).isFalse();
        assertThat(batch.last()).containsExactly("a");
    }

    @Test
    void a_row_that_does_not_fit_cuts_it_for_good_and_the_first_always_fits() {
        RowBatch batch = new RowBatch(9);
        batch.add(row("a", "x".repeat((int) RowBatch.MOST_BYTES)));
        assertThat(batch.isCut()).isFalse();
        batch.add(row("b", ""));
        batch.add(row("c", ""));
        assertThat(batch.isCut()).isTrue();
        assertThat(batch.isFull()).isTrue();
        assertThat(keys(batch)).containsExactly(List.of("a"));
    }

    @Test
    void keys_count_and_so_does_every_value_however_short() {
        RowBatch batch = new RowBatch(Integer.MAX_VALUE);
        long each = 2 * RowBatch.VALUE_BYTES + 11;
        for (long i = 0; i <= RowBatch.MOST_BYTES / each; i++) {
            batch.add(row("0123456789", "1"));
        }
        assertThat(batch.isFull()).isTrue();
        assertThat(batch.rows()).hasSize((int) (RowBatch.MOST_BYTES / each));
    }
}
