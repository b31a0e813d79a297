package dev.athanor.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SelectionTest {
    private static Set<String> of(String... wanted) {
        return Selection.of(List.of(wanted), List.of("backfill", "chunk-1k-w1", "chunk-1k-w2"), List.of("jmh"));
    }

    @Test
    void all_is_what_is_usual() {
        assertThat(of("all")).containsExactly("backfill", "chunk-1k-w1", "chunk-1k-w2");
    }

    @Test
    void the_rest_is_named() {
        assertThat(of("all", "jmh")).contains("backfill", "jmh");
    }

    @Test
    void none_is_none() {
        assertThat(of("none")).isEmpty();
    }

    @Test
    void a_star_stands_for_any_end() {
        assertThat(of("chunk-*")).containsExactly("chunk-1k-w1", "chunk-1k-w2");
    }

    @Test
    void what_is_not_there_is_refused_with_what_is() {
        assertThatThrownBy(() -> of("chunk"))
                .hasMessage("there is no 'chunk' among backfill, chunk-1k-w1, chunk-1k-w2, jmh");
    }
}
