package dev.athanor.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Small revisions with the rules that must and must not object to them. */
class LintVectorsTest {
    private static final JsonNode VECTORS = vectors();

    private static JsonNode vectors() {
        try (InputStream in = LintVectorsTest.class.getResourceAsStream("/dev/athanor/sql/lint-sample.json")) {
            return JsonMapper.builder().build().readTree(in);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static Stream<JsonNode> cases() {
        return VECTORS.get("cases").valueStream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void findings_are_those_that_the_case_asks_for(JsonNode vector) {
        List<Finding> findings = new Linter(settings(vector.get("assume"))).lint(sections(vector));
        Set<String> found = new TreeSet<>();
        findings.stream()
                .filter(finding -> !finding.waived())
                .forEach(finding -> found.add(finding.rule().id()));

        assertThat(found)
                .as("%s: %s", vector.get("name"), findings)
                .containsAll(texts(vector.path("must")))
                .noneMatch(texts(vector.path("must_not"))::contains);
        for (JsonNode choice : vector.path("any_of")) {
            assertThat(found).containsAnyElementsOf(texts(choice));
        }
        assertThat(found).as("known forms").doesNotContain("RW2");
        found.forEach(rule -> assertThat(missing(rule, text(vector)))
                .as("words that %s needs", rule)
                .isEmpty());
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }

    private static LintSettings settings(JsonNode assume) {
        Set<LintRule> enabled = new TreeSet<>();
        texts(assume.path("enable")).forEach(id -> enabled.add(LintRule.of(id).orElseThrow()));
        return new LintSettings(PgVersion.parse(assume.get("pg_version").asString()), enabled, Set.of());
    }

    private static List<LintedSection> sections(JsonNode vector) {
        List<LintedSection> sections = new ArrayList<>();
        for (JsonNode section : vector.get("sections")) {
            sections.add(new LintedSection(
                    SectionKind.valueOf(section.get("phase").asString().toUpperCase(java.util.Locale.ROOT)),
                    section.get("transaction").asString().equals("on"),
                    section.get("sql").asString(),
                    duration(section.path("options").path("lock-timeout")),
                    duration(section.path("options").path("statement-timeout")),
                    vector.get("name").asString(),
                    1));
        }
        return sections;
    }

    private static Duration duration(JsonNode option) {
        return option.isMissingNode() ? null : Timeouts.duration(option.asString());
    }

    private static String text(JsonNode vector) {
        StringBuilder text = new StringBuilder();
        for (JsonNode section : vector.get("sections")) {
            text.append(section.get("sql").asString()).append('\n').append(section.path("options"));
        }
        return text.toString();
    }

    /** Words without which a rule cannot apply, and which a text has not. */
    static List<String> missing(String rule, String text) {
        return texts(VECTORS.get("meta").get("needs").path(rule)).stream()
                .filter(word -> !Pattern.compile(word, Pattern.CASE_INSENSITIVE)
                        .matcher(text)
                        .find())
                .toList();
    }
}
