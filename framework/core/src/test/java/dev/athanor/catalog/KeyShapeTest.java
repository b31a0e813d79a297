package dev.athanor.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class KeyShapeTest {
    private static final KeyColumn ID = new KeyColumn("id", "bigint", false);
    private static final KeyColumn HOSTILE = new KeyColumn("tick\"\"ets; drop", "timestamp with time zone", true);

    @Test
    void a_single_column_is_compared_plainly() {
        KeyShape key = new KeyShape.Columns(List.of(ID));
        assertThat(key.range(null, true)).isEqualTo("(\"id\" > $1::bigint AND \"id\" <= $2::bigint)");
        assertThat(key.range("t", false)).isEqualTo("(t.\"id\" <= $1::bigint)");
    }

    @Test
    void several_columns_are_compared_as_a_row() {
        KeyShape.Columns key = new KeyShape.Columns(List.of(ID, HOSTILE));
        assertThat(key.range(null, true))
                .isEqualTo("((\"id\", \"tick\"\"\"\"ets; drop\") > ($1::bigint, $2::timestamp with time zone)"
                        + " AND (\"id\", \"tick\"\"\"\"ets; drop\") <= ($3::bigint, $4::timestamp with time zone))");
        assertThat(key.ascending("t")).isEqualTo("\"t\".\"id\", \"t\".\"tick\"\"\"\"ets; drop\"");
        assertThat(key.descending("t")).isEqualTo("\"t\".\"id\" DESC, \"t\".\"tick\"\"\"\"ets; drop\" DESC");
    }

    @Test
    void times_are_read_in_a_form_that_no_session_setting_changes() {
        assertThat(new KeyShape.Columns(List.of(HOSTILE, ID)).asTexts())
                .isEqualTo("to_json(\"tick\"\"\"\"ets; drop\") #>> '{}' AS k1, \"id\"::text AS k2");
    }

    @Test
    void blocks_are_whole_pages() {
        assertThat(new KeyShape.Blocks().range("t", true))
                .isEqualTo("(t.ctid >= format('(%s,0)', $1::bigint + 1)::tid"
                        + " AND t.ctid < format('(%s,0)', $2::bigint + 1)::tid)");
    }

    @Test
    void a_key_has_columns() {
        assertThatThrownBy(() -> new KeyShape.Columns(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
