package dev.athanor.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {
    private static final Map<String, String> VALUES =
            Map.of("id", "ab12", "message", "say {{id}} $1 \\{{", "empty", "");

    private static String render(String text) {
        return new Template("my.sql", text).render(VALUES);
    }

    @Test
    void keys() {
        assertThat(render("{{id}}-{{ id }}-{{\tid}}\nx")).isEqualTo("ab12-ab12-ab12\nx");
    }

    @Test
    void values_are_not_read_again() {
        assertThat(render("{{message}}")).isEqualTo("say {{id}} $1 \\{{");
    }

    @Test
    void placeholders_of_sql_stay() {
        assertThat(render("WHERE ${chunk} AND a = '${name}' AND b = $${ }}"))
                .isEqualTo("WHERE ${chunk} AND a = '${name}' AND b = $${ }}");
    }

    @Test
    void braces_themselves() {
        assertThat(render("'\\{{1,2},{3,4}}'::int[] \\{{id}} \\ {x}"))
                .isEqualTo("'{{1,2},{3,4}}'::int[] {{id}} \\ {x}");
    }

    @Test
    void lines_without_any_value_are_left_out() {
        assertThat(render("a\n-- {{empty}}{{empty}}\r\nb {{empty}}\n\n{{id}}{{empty}}\r\n-- {{empty}}"))
                .isEqualTo("a\n\nab12\r\n");
    }

    @Test
    void unknown_keys_are_told_all_at_once() {
        assertThatExceptionOfType(AthanorException.class)
                .isThrownBy(() -> render("{{id}}\n{{ticket}} {{mesage}}\n\n{{ticket}}"))
                .satisfies(e -> {
                    assertThat(e.kind()).isEqualTo(FailureKind.USAGE);
                    assertThat(e.code()).isEqualTo("unknown_template_key");
                    assertThat(e.getMessage())
                            .contains(
                                    "my.sql:2: unknown key 'ticket'\n",
                                    "my.sql:2: unknown key 'mesage'; did you mean 'message'?",
                                    "my.sql:4: unknown key 'ticket'",
                                    "Known keys are ");
                    assertThat(e.hint()).contains("--set ticket=VALUE");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{{", "{{}}", "{{1}}", "{{id", "{{id}", "{{id\n}}", "{{a b}}", "{{{id}}}", "'{{1,2}}'", "{{ü}}"})
    void braces_without_a_key(String text) {
        assertThatExceptionOfType(AthanorException.class)
                .isThrownBy(() -> render("\n" + text))
                .satisfies(e -> {
                    assertThat(e.code()).isEqualTo("invalid_template");
                    assertThat(e.getMessage()).contains("my.sql:2: ", "\\{{");
                });
    }
}
