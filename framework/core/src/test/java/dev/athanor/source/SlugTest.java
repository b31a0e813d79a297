package dev.athanor.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlugTest {
    @ParameterizedTest
    @CsvSource({
        "Add a column,add_a_column",
        "'  tickets: split, then merge!  ',tickets_split_then_merge",
        "Größe der Tür,gro_e_der_tur",
        "naïve ﬁle №5,naive_file_no5",
        "İstanbul,istanbul",
        "2025 plan,2025_plan",
        "v1.2-rc,v1_2_rc"
    })
    void words(String message, String slug) {
        assertThat(Slug.of(message)).isEqualTo(slug);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "!?", "...", "../..", "🚀", "日本語", "\0\n", "___"})
    void never_empty(String message) {
        assertThat(Slug.of(message)).isEqualTo("unnamed");
    }

    @Test
    void cut_between_words() {
        assertThat(Slug.of("one two three four five six seven eight nine ten"))
                .isEqualTo("one_two_three_four_five_six_seven_eight");
        assertThat(Slug.of("a".repeat(300))).isEqualTo("a".repeat(Slug.LONGEST));
        assertThat(Slug.of("a".repeat(Slug.LONGEST) + " b")).isEqualTo("a".repeat(Slug.LONGEST));
    }

    @ParameterizedTest
    @CsvSource({
        "add_a_column,AddAColumn",
        "2025_plan,Revision2025Plan",
        "migration,MigrationRevision",
        "string,StringRevision",
        "unnamed,Unnamed"
    })
    void classes(String slug, String name) {
        assertThat(Slug.className(slug)).isEqualTo(name);
    }
}
