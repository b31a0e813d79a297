package dev.athanor.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.sql.QualifiedName;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which words of an expression may be columns. */
class ReadsTest {
    private static final QualifiedName TABLE = new QualifiedName(null, "people");

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '\0', textBlock = """
            first || ' ' || LAST ~ 'first','last'
            lower(people."First ""of all"" Names") ~ 'people','First "of all" Names'
            age::text || id::"My Type"[1] ~ 'age','id'
            coalesce(note, 'say "what" here', $$none$$) ~ 'note'
            "it's" + 1 ~ 'it''s'
            now() ~ ''
            """)
    void are_names_that_are_neither_called_nor_types(String expression, String words) {
        assertThat(Reads.of(TABLE, List.of(expression)).areThese())
                .endsWith("IN (" + words.replace("','", "', '") + ")");
    }

    @Test
    void columns_that_are_known_come_beside_them() {
        Reads reads = Reads.of(TABLE, List.of("a", "a + b")).and(List.of("b", "c'd"));

        assertThat(reads.areThese()).endsWith("IN ('a', 'b', 'c''d')");
        assertThat(reads.functions("fill"))
                .isEqualTo("'" + Names.own("fill", "people", "a") + "', '" + Names.own("fill", "people", "b") + "', '"
                        + Names.own("fill", "people", "c'd") + "'");
    }
}
