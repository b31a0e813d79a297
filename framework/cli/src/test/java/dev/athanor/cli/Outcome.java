package dev.athanor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How a command ended. */
record Outcome(int code, String out, String err) {

    /** Checks the exit code; all that was said is told when it is another. */
    Outcome endsWith(int expected) {
        assertThat(code).as("%s", this).isEqualTo(expected);
        assertThat(out + err).doesNotContain("\tat ");
        return this;
    }

    /** The one JSON object that standard output holds. */
    JsonNode json() {
        assertThat(out.strip().lines()).as("%s", this).hasSize(1);
        JsonNode node = JsonMapper.shared().readTree(out);
        assertThat(node.isObject()).isTrue();
        assertThat(node.path("success").isBoolean()).isTrue();
        return node;
    }

    /** The error in it, which is all that there is. */
    Refusal refusal() {
        JsonNode node = json();
        assertThat(node.propertyNames()).containsExactly("success", "error");
        assertThat(node.path("success").booleanValue()).isFalse();
        JsonNode error = node.path("error");
        assertThat(error.propertyNames()).containsExactly("code", "message", "hint");
        assertThat(err).doesNotContain("error:", "hint:");
        return new Refusal(
                error.path("code").stringValue(),
                error.path("message").stringValue(),
                error.path("hint").stringValue());
    }

    /** The one paragraph on standard error: cause, object, next command. It may follow lines of progress. */
    String paragraph() {
        assertThat(out).isEmpty();
        int begin = err.startsWith("error: ") ? 0 : err.indexOf("\nerror: ") + 1;
        String paragraph = err.substring(begin);
        assertThat(paragraph).startsWith("error: ").contains("\nhint: ").doesNotContain("\n\n", "Exception");
        assertThat(paragraph.lines().filter(line -> line.startsWith("error: "))).hasSize(1);
        assertThat(paragraph.strip().lines().reduce((first, last) -> last))
                .hasValueSatisfying(last -> assertThat(last).startsWith("hint: "));
        return paragraph;
    }

    /** An error, read back from JSON. */
    record Refusal(String code, String message, String hint) {
        Refusal {
            assertThat(code).matches("[a-z_]+");
            assertThat(message).isNotBlank().doesNotContain("Exception");
            assertThat(hint).isNotBlank();
        }

        Refusal is(String expected) {
            assertThat(code).as("%s", this).isEqualTo(expected);
            return this;
        }

        Refusal says(String... parts) {
            assertThat(message).contains(parts);
            return this;
        }

        Refusal advises(String... parts) {
            assertThat(hint).contains(parts);
            return this;
        }
    }
}
