package dev.athanor.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.sql.QualifiedName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** For every rule what it objects to and what it lets pass. */
class LintExamplesTest {
    /** Known from the catalogue alone. */
    private static final Set<LintRule> ONLINE = Set.of(LintRule.DM2);

    record Example(LintRule rule, boolean fails, PgVersion version, List<LintedSection> sections, int line) {
        @Override
        public String toString() {
            return rule + (fails ? " fails" : " passes") + " in line " + line;
        }
    }

    static List<Example> examples() {
        List<Example> examples = new ArrayList<>();
        String[] parts = text().split("(?m)^== ");
        int line = 1;
        for (String part : parts) {
            if (line > 1) {
                examples.add(example(part, line));
            }
            line += (int) part.chars().filter(c -> c == '\n').count();
        }
        return examples;
    }

    private static String text() {
        try (InputStream in = LintExamplesTest.class.getResourceAsStream("lint-examples.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Example example(String part, int line) {
        String[] head = part.lines().findFirst().orElseThrow().split(" ");
        PgVersion version = PgVersion.NEWEST;
        for (String word : head) {
            version = word.startsWith("version=") ? PgVersion.parse(word.substring(8)) : version;
        }
        List<LintedSection> sections = new ArrayList<>();
        String[] texts = part.split("(?m)^-- \\[");
        for (int i = 1; i < texts.length; i++) {
            sections.add(section(texts[i]));
        }
        return new Example(LintRule.of(head[0]).orElseThrow(), head[1].equals("fails"), version, sections, line);
    }

    private static LintedSection section(String text) {
        String[] words = text.lines().findFirst().orElseThrow().split("[\\] ]+");
        String lock = null;
        String statement = null;
        for (String word : words) {
            lock = word.startsWith("lock-timeout=") ? word.substring(13) : lock;
            statement = word.startsWith("statement-timeout=") ? word.substring(18) : statement;
        }
        return new LintedSection(
                SectionKind.valueOf(words[0].toUpperCase(java.util.Locale.ROOT)),
                words[1].equals("on"),
                text.substring(text.indexOf('\n') + 1),
                lock == null ? null : Timeouts.duration(lock),
                statement == null ? null : Timeouts.duration(statement),
                "example.sql",
                1);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void a_rule_objects_to_what_fails_alone(Example example) {
        LintSettings settings = new LintSettings(example.version(), Set.of(LintRule.NM2), Set.of());
        List<Finding> findings = new Linter(settings).lint(example.sections());
        Stream<LintRule> rules =
                findings.stream().filter(finding -> !finding.waived()).map(Finding::rule);
        if (example.fails()) {
            assertThat(rules).as("%s", findings).contains(example.rule());
        } else {
            assertThat(rules).as("%s", findings).doesNotContain(example.rule());
        }
        assertThat(findings).allSatisfy(finding -> {
            assertThat(finding.message()).isNotBlank().endsWith(".");
            assertThat(finding.safe()).isNotBlank();
        });
    }

    @ParameterizedTest
    @EnumSource
    void every_rule_has_both(LintRule rule) {
        Stream<Boolean> outcomes =
                examples().stream().filter(example -> example.rule() == rule).map(Example::fails);
        if (!ONLINE.contains(rule)) {
            assertThat(outcomes).contains(true, false);
        }
    }

    @Test
    void small_tables_are_no_matter() {
        LintedSection section =
                new LintedSection(SectionKind.EXPAND, true, "CREATE INDEX ix ON public.settings (a)", "example.sql", 1);
        LintSettings settings =
                new LintSettings(PgVersion.NEWEST, Set.of(), Set.of(new QualifiedName(null, "settings")));
        assertThat(new Linter(settings).lint(List.of(section))).isEmpty();
    }
}
