package dev.athanor.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.backfill.Transformed.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Answers of the rows of a chunk, in any order. */
class TransformedTest {
    private static Answer change(int index) {
        SourceRow row = new SourceRow(List.of(), List.of(Integer.toString(index)), new String[0], null);
        return new Answer(index, RowChange.copying(row, 0), null);
    }

    private static List<String> keys(Transformed transformed) {
        return transformed.changes().stream()
                .map(change -> change.row().key().get(0))
                .toList();
    }

    @Test
    void it_ends_before_the_first_row_without_an_answer() {
        Transformed transformed = new Transformed(4);
        assertThat(transformed.add(change(1))).isZero();
        assertThat(transformed.add(change(0))).isEqualTo(2);
        assertThat(transformed.add(change(3))).isEqualTo(2);
        assertThat(keys(transformed)).containsExactly("0", "1");
        assertThat(transformed.fault()).isNull();
    }

    @Test
    void an_answer_that_comes_when_it_is_closed_changes_nothing() {
        Transformed transformed = new Transformed(2);
        transformed.add(change(0));
        transformed.closed();
        assertThat(transformed.add(change(1))).isEqualTo(1);
        assertThat(transformed.rows()).isEqualTo(1);
        assertThat(keys(transformed)).containsExactly("0");
    }
}
